// The rules of an item judged while the form is filled in, with the words the server will use (src/modules/catalog/core/rules.cc).
// What cannot be judged yet is left out; the home registry judges again and its word counts.
import type { RuleResult, Schemas } from './api'
import { judge, type Facts, type Truth } from './condition'

export type Rule = Schemas['Rule']

function passes(rule: Rule, facts: Facts): Truth {
  const fails = judge(rule.when, facts)
  if (fails === 'no') return 'yes'
  const excused = rule.unless ? judge(rule.unless, facts) : 'no'
  if (excused === 'yes') return 'yes'
  return fails === 'yes' && excused === 'no' ? 'no' : 'unknown'
}

// {count.buyer} becomes 2; a fact that is not known becomes ….
export function filled(text: string, facts: Facts): string {
  return text.replace(/\{([^}]*)\}/g, (_, name: string) => {
    const value = facts.get(name)
    if (value === undefined) return '…'
    return typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
  })
}

export function judge_rules(rules: readonly Rule[], facts: Facts): RuleResult[] {
  return rules.flatMap((rule) => {
    const passed = passes(rule, facts)
    if (passed === 'unknown') return []
    const { id, severity, source, field } = rule
    const message = filled(passed === 'yes' ? rule.passed : rule.failed, facts)
    return [{ rule: id, severity, passed: passed === 'yes', message, source, ...(field ? { field } : {}) }]
  })
}
