import { describe, expect, it } from 'vitest'
import type { CaseAction } from './api'
import { decision_body, decisions, draft_gap, empty_draft, forward_action, in_order, return_action } from './decisions'

describe('which button a key presses', () => {
  it.each<[CaseAction[], CaseAction | undefined, CaseAction | undefined]>([
    [['withdraw', 'request_supplement', 'refuse_acceptance', 'accept'], 'accept', 'request_supplement'],
    [['refuse', 'approve'], 'approve', 'refuse'],
    [['register', 'refuse'], 'register', 'refuse'],
    [['withdraw', 'suspend'], undefined, undefined],
    [['refuse', 'resume', 'withdraw'], 'resume', 'refuse'],
    [[], undefined, undefined],
  ])('%j → a %s, r %s', (actions, forward, back) => {
    expect(forward_action(actions)).toBe(forward)
    expect(return_action(actions)).toBe(back)
  })
  it('keeps only what the server allows', () => {
    expect(in_order(['withdraw', 'accept'])).toEqual(['accept', 'withdraw'])
    expect(in_order(Object.keys(decisions) as CaseAction[])).toHaveLength(10)
  })
})

describe('what a decision still lacks, and what is sent', () => {
  const draft = (values: Partial<ReturnType<typeof empty_draft>>) => ({ ...empty_draft(), ...values })

  it.each<[CaseAction, Partial<ReturnType<typeof empty_draft>>, boolean, string | undefined]>([
    ['accept', {}, false, undefined],
    ['accept', {}, true, 'remark_missing'],
    ['accept', { remark: 'seen' }, true, undefined],
    ['withdraw', { remark: '  ' }, false, 'reason_missing'],
    ['refuse', { remark: 'because' }, false, 'ground_missing'],
    ['refuse', { ground: 'other' }, false, 'reason_missing'],
    ['refuse_acceptance', { ground: 'outside_territory', remark: 'r' }, false, 'competent_missing'],
    ['refuse_acceptance', { ground: 'outside_territory', remark: 'r', competent: '370202' }, false, undefined],
    ['suspend', { ground: 'dispute' }, false, 'legal_missing'],
    ['suspend', { ground: 'dispute', legal: 'x' }, false, undefined],
    ['extend_clock', { days: 31, legal: 'x', remark: 'r' }, false, 'days_missing'],
    ['request_supplement', {}, false, 'lines_missing'],
    ['request_supplement', { lines: [{ line: 'M10', text: 'x' }, { line: '', text: ' ' }] }, false, 'line_text_missing'],
    ['register', {}, false, undefined],
    ['register', {}, true, 'remark_missing'],
    ['register', { remark: 'told the bank' }, true, undefined],
  ])('%s with %j (rule to confirm: %s) → %s', (action, values, confirm, gap) => {
    expect(draft_gap(action, draft(values), confirm)).toBe(gap)
  })
  it('sends the shapes of the API', () => {
    expect(decision_body('accept', draft({}))).toEqual({})
    expect(decision_body('approve', draft({ remark: ' ok ' }))).toEqual({ remark: 'ok' })
    expect(decision_body('refuse', draft({ ground: 'other', remark: 'r' }))).toEqual({ ground: 'other', reason: 'r' })
    expect(decision_body('withdraw', draft({ remark: 'r', parties: ['p1'] }))).toEqual({ reason: 'r', parties: ['p1'] })
    expect(decision_body('suspend', draft({ ground: 'tax', legal: ' x ' }))).toEqual({ reason: 'tax', legal: 'x' })
    expect(decision_body('extend_clock', draft({ days: 3, legal: 'x', remark: 'r' }))).toEqual({ days: 3, legal: 'x', reason: 'r' })
    expect(decision_body('refuse_acceptance', draft({ ground: 'outside_territory', remark: 'r', competent: '370202' }))).toEqual({ ground: 'outside_territory', reason: 'r', competent: '370202' })
    expect(decision_body('request_supplement', draft({ lines: [{ line: 'M10', text: 'a ' }, { line: '', text: 'b' }] }))).toEqual({
      lines: [{ line: 'M10', text: 'a' }, { text: 'b' }],
    })
    expect(decision_body('register', draft({}))).toBeUndefined()
    expect(decision_body('register', draft({ remark: ' told ' }))).toEqual({ remark: 'told' })
  })
})
