import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { facts_named, judge, type Condition, type FactValue, type Truth } from './condition'

const shared = JSON.parse(readFileSync(new URL('../../../tests/vectors/conditions.json', import.meta.url), 'utf8')) as {
  known: Record<string, FactValue>
  vectors: { text: string; tree: Condition; verdict: Truth }[]
}
const known = new Map(Object.entries(shared.known))

describe('conditions', () => {
  it.each(shared.vectors.map((vector) => [vector.text, vector] as const))('%s', (_, { tree, verdict }) => {
    expect(judge(tree, known)).toBe(verdict)
  })
  it('are many enough to tell something', () => {
    expect(shared.vectors.length).toBeGreaterThan(15)
  })
  it('hold always when there is none', () => {
    expect(judge(undefined, known)).toBe('yes')
    expect(judge(null, known)).toBe('yes')
  })
  it('do not compare values of two kinds', () => {
    expect(judge({ op: '=', of: [{ fact: 'count.buyer' }, { value: '2' }] }, known)).toBe('unknown')
  })
  it('name the facts they speak of', () => {
    expect(facts_named({ op: 'and', of: [{ fact: 'a' }, { op: '<', of: [{ value: 1 }, { fact: 'b' }] }] })).toEqual(['a', 'b'])
  })
})
