import { describe, expect, it } from 'vitest'
import type { ReviewQuestion } from './api'
import { checklist_lines, citable, evidence_of, judging_duty, no_answer, open_count, yes_answer } from './checklist'
import type { Leaf } from './leaves'

const question = (id: string, change: Partial<ReviewQuestion> = {}): ReviewQuestion => ({ id, text: id, source: '条例', required: true, duties: ['acceptor', 'reviewer'], lines: '', ...change })
const answer = (id: string, duty: string, value: 'yes' | 'no' = 'yes') => ({ question: id, duty, answer: value, by: '钱', at: '2026-11-28T00:00:00Z', evidence: [{ kind: 'register' as const }], proposed: false })
const leaf: Leaf = { line: 'M10', title: '合同', page: 'p1', name: 'n', kind: 'pdf', leaf: 2, leaves: 3, position: 2, positions: 3 }

describe('the checklist', () => {
  it('asks the duty that the case waits for', () => {
    expect(judging_duty({ state: 'filed' })).toBe('acceptor')
    expect(judging_duty({ state: 'accepted' })).toBe('reviewer')
    expect(judging_duty({ state: 'paid' })).toBeUndefined()
  })
  it('counts what the duty itself has left open, not what another judged', () => {
    const lines = checklist_lines({
      state: 'accepted',
      checklist: [question('A'), question('B'), question('C', { required: false }), question('D', { duties: ['acceptor'] })],
      answers: [answer('A', 'acceptor'), answer('B', 'reviewer')],
    })
    expect(open_count(lines)).toBe(1)
    expect(lines[0]!.others).toHaveLength(1)
    expect(lines[3]!.asked).toBe(false)
  })
  it('takes the proposal for yes when the machine says yes, else the page on the screen, else nothing', () => {
    const proposed = checklist_lines({ state: 'filed', checklist: [question('A', { proposal: { answer: 'yes', text: '', evidence: [{ kind: 'identity', ref: 'p' }] } })], answers: [] })[0]!
    expect(yes_answer(proposed, leaf)).toMatchObject({ proposed: true, evidence: [{ kind: 'identity', ref: 'p' }] })
    const against = checklist_lines({ state: 'filed', checklist: [question('A', { proposal: { answer: 'no', text: '', evidence: [{ kind: 'rule', ref: 'PRE-03' }] } })], answers: [] })[0]!
    expect(yes_answer(against, leaf)).toMatchObject({ evidence: [{ kind: 'page', ref: 'p1', leaf: 2 }] })
    expect(yes_answer(against, leaf)!.proposed).toBeUndefined()
    expect(yes_answer(against, undefined)).toBeUndefined()
    expect(no_answer(against, 'no', '查封')).toMatchObject({ proposed: true, evidence: [{ kind: 'rule', ref: 'PRE-03' }] })
    expect(no_answer(proposed, 'not_applicable', '无')).toEqual({ question: 'A', answer: 'not_applicable', remark: '无', evidence: [] })
  })
  it('shows the next reviewer what the answer before rested on', () => {
    const line = checklist_lines({ state: 'accepted', checklist: [question('A')], answers: [answer('A', 'acceptor')] })[0]!
    expect(evidence_of(line)).toEqual([{ kind: 'register' }])
  })
  it('lets a return cite rules that did not pass and questions answered with no', () => {
    const rule = (id: string, passed: boolean) => ({ rule: id, passed, severity: 'block' as const, message: id, source: '' })
    expect(citable({ checks: [rule('PRE-01', true), rule('PRE-03', false)], checklist: [question('A'), question('B')], answers: [answer('B', 'acceptor', 'no')] }).map((one) => one.id)).toEqual(['PRE-03', 'B'])
  })
})
