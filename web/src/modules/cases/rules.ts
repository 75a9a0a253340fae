// Reading the pre-condition results of a case.
import type { RuleResult } from './api'

function rank(rule: RuleResult): number {
  if (rule.passed) return 3
  return { block: 0, confirm: 1, inform: 2 }[rule.severity]
}

export function rules_in_order(rules: readonly RuleResult[]): RuleResult[] {
  return [...rules].sort((a, b) => rank(a) - rank(b) || a.rule.localeCompare(b.rule))
}

export function blocking(rules: readonly RuleResult[]): RuleResult[] {
  return rules.filter((rule) => !rule.passed && rule.severity === 'block')
}

// Rules that let the case go on only with a remark of the person who decides; `confirmed`: those that have one already.
export function to_confirm(rules: readonly RuleResult[], confirmed: readonly string[] = []): RuleResult[] {
  return rules.filter((rule) => !rule.passed && rule.severity === 'confirm' && !confirmed.includes(rule.rule))
}
