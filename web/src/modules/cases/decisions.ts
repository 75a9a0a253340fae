// The decisions of the home registry as a table: which call, what the person must fill in, how the button looks.
// Which of them may be taken now is the server's word alone (`allowed_actions`); there is no workflow here.
import type { CaseAction } from './api'

export interface Decision {
  path: string // below /api/v1/cases/{number}/
  // new_rules: a remark, asked for only when the register shows something that the acceptance has not confirmed
  form: 'remark' | 'reason' | 'ground' | 'lines' | 'new_rules'
  grounds: readonly string[]
  weight: 'main' | 'return' | 'against' | 'aside'
}

export const decisions: Record<CaseAction, Decision> = {
  accept: { path: 'acceptance', form: 'remark', grounds: [], weight: 'main' },
  approve: { path: 'approval', form: 'remark', grounds: [], weight: 'main' },
  register: { path: 'registration', form: 'new_rules', grounds: [], weight: 'main' },
  request_supplement: { path: 'supplement-request', form: 'lines', grounds: [], weight: 'return' },
  // 条例 17: the grounds of not accepting.
  refuse_acceptance: {
    path: 'non-acceptance',
    form: 'ground',
    grounds: ['incomplete', 'not_in_form', 'outside_territory', 'other'],
    weight: 'against',
  },
  // 条例 22: the grounds of refusing the entry.
  refuse: {
    path: 'refusal',
    form: 'ground',
    grounds: ['violates_law', 'ownership_dispute', 'exceeds_term', 'other'],
    weight: 'against',
  },
  withdraw: { path: 'withdrawal', form: 'reason', grounds: [], weight: 'aside' },
}

const order: readonly CaseAction[] = [
  'accept',
  'approve',
  'register',
  'request_supplement',
  'refuse_acceptance',
  'refuse',
  'withdraw',
]

export function in_order(actions: readonly CaseAction[]): CaseAction[] {
  return order.filter((action) => actions.includes(action))
}

// `a` takes the step forward, `r` sends back: the supplement if there is one, else the refusal.
export function forward_action(actions: readonly CaseAction[]): CaseAction | undefined {
  return in_order(actions).find((action) => decisions[action].weight === 'main')
}

export function return_action(actions: readonly CaseAction[]): CaseAction | undefined {
  return (
    in_order(actions).find((action) => decisions[action].weight === 'return') ??
    in_order(actions).find((action) => decisions[action].weight === 'against')
  )
}

export interface SupplementDraft {
  line: string // material line code, empty for what is no material
  text: string
}

export interface DecisionDraft {
  remark: string
  ground: string
  lines: SupplementDraft[]
}

export function empty_draft(): DecisionDraft {
  return { remark: '', ground: '', lines: [] }
}

// What is still missing before the decision can be sent, as a key under cases.draft; undefined when nothing is.
export function draft_gap(action: CaseAction, draft: DecisionDraft, remark_needed: boolean): string | undefined {
  switch (decisions[action].form) {
    case 'new_rules':
    case 'remark':
      return remark_needed && draft.remark.trim() === '' ? 'remark_missing' : undefined
    case 'reason':
      return draft.remark.trim() === '' ? 'reason_missing' : undefined
    case 'ground':
      if (draft.ground === '') return 'ground_missing'
      return draft.remark.trim() === '' ? 'reason_missing' : undefined
    case 'lines':
      if (draft.lines.length === 0) return 'lines_missing'
      return draft.lines.some((line) => line.text.trim() === '') ? 'line_text_missing' : undefined
  }
}

// The body of the call; undefined where the call has none.
export function decision_body(action: CaseAction, draft: DecisionDraft): Record<string, unknown> | undefined {
  const remark = draft.remark.trim()
  switch (decisions[action].form) {
    case 'new_rules':
      return remark === '' ? undefined : { remark }
    case 'remark':
      return remark === '' ? {} : { remark }
    case 'reason':
      return { reason: remark }
    case 'ground':
      return { ground: draft.ground, reason: remark }
    case 'lines':
      return {
        lines: draft.lines.map(({ line, text }) =>
          line === '' ? { text: text.trim() } : { line, text: text.trim() },
        ),
      }
  }
}
