// The decisions of the home registry as a table: which call, what the person must fill in, how the button looks.
// Which of them may be taken now is the server's word alone (`allowed_actions`); there is no workflow here.
import type { CaseAction } from './api'

export interface Decision {
  path: string // below /api/v1/cases/{number}/
  // new_rules: a remark, asked for only when the register shows something that the acceptance has not confirmed
  form: 'remark' | 'applicants' | 'ground' | 'lines' | 'new_rules' | 'suspension' | 'extension'
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
  // Noted for those who asked; the case ends when all joint applicants have.
  withdraw: { path: 'withdrawal', form: 'applicants', grounds: [], weight: 'aside' },
  suspend: {
    path: 'suspension',
    form: 'suspension',
    grounds: ['announcement', 'dispute', 'seizure', 'tax', 'agency', 'other'],
    weight: 'aside',
  },
  resume: { path: 'resumption', form: 'remark', grounds: [], weight: 'main' },
  extend_clock: { path: 'clock-extension', form: 'extension', grounds: [], weight: 'aside' },
}

const order: readonly CaseAction[] = [
  'accept',
  'approve',
  'register',
  'resume',
  'request_supplement',
  'refuse_acceptance',
  'refuse',
  'suspend',
  'extend_clock',
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
  reason?: string // code of the return reason
  rule?: string // rule or question of the checklist it rests on
}

export interface DecisionDraft {
  remark: string
  ground: string
  lines: SupplementDraft[]
  code: string // why it is sent back, to be counted
  competent: string // the registry that has the unit
  legal: string
  document: string
  days: number
  parties: string[] // who asks for the withdrawal
  cites: string[] // rules and questions it rests on
}

// Decisions that send a letter to the applicant: it is shown before it goes.
export function sends_notice(action: CaseAction): boolean {
  return decisions[action].form === 'lines' || decisions[action].form === 'ground'
}

// Reason codes by moment, in the order of the server's table (cases/core/return_reasons.cc).
export const return_codes: Partial<Record<CaseAction, readonly string[]>> = {
  request_supplement: ['missing_material', 'wrong_form', 'unreadable_scan', 'missing_signature', 'contents_differ', 'document_expired', 'identity_unclear', 'interview_incomplete', 'register_changed', 'sharing_outage', 'other'],
  refuse_acceptance: ['missing_material', 'wrong_form', 'unreadable_scan', 'missing_signature', 'contents_differ', 'document_expired', 'identity_unclear', 'interview_incomplete', 'outside_territory', 'register_changed', 'sharing_outage', 'other'],
  refuse: ['contents_differ', 'identity_unclear', 'register_changed', 'ownership_dispute', 'exceeds_term', 'violates_law', 'sharing_outage', 'other'],
}

export function empty_draft(): DecisionDraft {
  return { remark: '', ground: '', lines: [], code: '', competent: '', legal: '', document: '', days: 5, parties: [], cites: [] }
}

// What is still missing before the decision can be sent, as a key under cases.draft; undefined when nothing is.
export function draft_gap(action: CaseAction, draft: DecisionDraft, remark_needed: boolean): string | undefined {
  switch (decisions[action].form) {
    case 'new_rules':
    case 'remark':
      return remark_needed && draft.remark.trim() === '' ? 'remark_missing' : undefined
    case 'applicants':
      return draft.remark.trim() === '' ? 'reason_missing' : undefined
    case 'suspension':
      if (draft.ground === '') return 'ground_missing'
      return draft.legal.trim() === '' ? 'legal_missing' : undefined
    case 'extension':
      if (!Number.isInteger(draft.days) || draft.days < 1 || draft.days > 30) return 'days_missing'
      if (draft.legal.trim() === '') return 'legal_missing'
      return draft.remark.trim() === '' ? 'reason_missing' : undefined
    case 'ground':
      if (draft.ground === '') return 'ground_missing'
      if (draft.ground === 'outside_territory' && draft.competent === '') return 'competent_missing'
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
    case 'applicants':
      return { reason: remark, parties: draft.parties }
    case 'suspension':
      return { reason: draft.ground, legal: draft.legal.trim(), ...(draft.document.trim() ? { document: draft.document.trim() } : {}) }
    case 'extension':
      return { days: draft.days, reason: remark, legal: draft.legal.trim() }
    case 'ground':
      return {
        ground: draft.ground,
        reason: remark,
        ...(draft.code ? { code: draft.code } : {}),
        ...(draft.cites.length ? { cites: draft.cites } : {}),
        ...(draft.ground === 'outside_territory' ? { competent: draft.competent } : {}),
      }
    case 'lines':
      return {
        lines: draft.lines.map(({ line, text, reason, rule }) => ({
          text: text.trim(),
          ...(line === '' ? {} : { line }),
          ...(reason ? { reason } : {}),
          ...(rule ? { rule } : {}),
        })),
      }
  }
}
