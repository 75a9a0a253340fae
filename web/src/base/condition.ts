// A condition of the data files over facts, as src/modules/catalog/core/condition.h judges it; both run
// tests/vectors/conditions.json. A fact that is not known makes it unknown unless the rest decides it (Kleene).
import type { Schemas } from './api'

export type Condition = Schemas['Condition']
export type FactValue = boolean | number | string
export type Facts = ReadonlyMap<string, FactValue>
export type Truth = 'yes' | 'no' | 'unknown'

type Known = FactValue | undefined

function value_of(node: Condition, facts: Facts): Known {
  if (node.fact !== undefined) return facts.get(node.fact)
  if (node.op === undefined) return node.value
  const [left, right] = (node.of ?? []).map((operand) => value_of(operand, facts))
  switch (node.op) {
    case 'not':
      return left === undefined ? undefined : !left
    case 'and':
      if (left === false || right === false) return false
      return left === undefined || right === undefined ? undefined : true
    case 'or':
      if (left === true || right === true) return true
      return left === undefined || right === undefined ? undefined : false
  }
  // Values of two kinds are never compared: the server checks that when it reads the data, so one of them is as good as unknown.
  if (left === undefined || right === undefined || typeof left !== typeof right) return undefined
  switch (node.op) {
    case '=':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
  }
}

// No condition always holds.
export function judge(condition: Condition | null | undefined, facts: Facts): Truth {
  if (!condition) return 'yes'
  const value = value_of(condition, facts)
  return value === undefined ? 'unknown' : value ? 'yes' : 'no'
}

// The facts that a condition speaks of.
export function facts_named(condition: Condition | null | undefined): string[] {
  if (!condition) return []
  if (condition.fact !== undefined) return [condition.fact]
  return (condition.of ?? []).flatMap(facts_named)
}
