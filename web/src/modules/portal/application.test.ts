import { describe, expect, it } from 'vitest'
import type { Collection, Party } from '@/base/api'
import { next_task, task_states } from './application'
import { channels_of } from './channels'

const me = (more: Partial<Party> = {}) =>
  ({ id: 'p1', role: 'holder', kind: 'person', name: '王示范', document_type: 'citizen_card', number_masked: '', phone_masked: '', needs_interview: true, questions: ['q1'], answers: [], ...more }) as unknown as Party
const sitting = (more: Partial<Collection> = {}) =>
  ({ parties: [], materials: [], questions: [{ id: 'q1', text: '真实意愿？', answer: 'yes_no' }], missing: [{ step: 'application', pointer: '/application', text: '请填写' }], ...more }) as unknown as Collection
const matched = { result: 'matched', source: 'police', checked_at: '', checked_by: '' } as const

describe('the tasks of an application', () => {
  it('begin with the form; what comes later waits', () => {
    const states = task_states(sitting())
    expect(states).toMatchObject({ form: 'open', parties: 'open', identity: 'waiting', interview: 'waiting', check: 'waiting' })
    expect(next_task(sitting())).toBe('form')
  })
  it('ask for the identity before the interview', () => {
    const open = sitting({ application: { unit_number: '1', values: {} }, parties: [me()], missing: [{ step: 'parties', pointer: '/parties/0/identity', text: '未核验' }] })
    expect(task_states(open)).toMatchObject({ form: 'done', parties: 'done', identity: 'open', interview: 'waiting', check: 'waiting' })
    expect(next_task(open)).toBe('identity')
    const ruled = { ...open, missing: [...open.missing, { step: 'application' as const, pointer: '/application', text: 'YG-01-06' }] }
    expect(next_task(ruled)).toBe('form')
    expect(next_task(ruled, 'form')).toBe('identity')
  })
  it('do not wait for people who verify elsewhere', () => {
    const other = me({ id: 'p2', ...({ place: 'elsewhere' } as object) })
    const open = sitting({ application: { unit_number: '1', values: {} }, parties: [me({ identity: matched }), other], missing: [] })
    expect(task_states(open).identity).toBe('done')
    expect(task_states(open).interview).toBe('open')
  })
  it('end with the check, when nothing lacks any more', () => {
    const answered = me({ identity: matched, answers: [{ question: 'q1', text: '', answer: 'yes', answered_at: '' }], signature: { digest: 'd', signed_at: '' } })
    const whole = sitting({ application: { unit_number: '1', values: {} }, parties: [answered], missing: [] })
    expect(task_states(whole)).toEqual({ form: 'done', parties: 'done', identity: 'done', interview: 'done', materials: 'done', check: 'open' })
    expect(next_task(whole)).toBe('check')
  })
})

describe('the channels of an item', () => {
  const item = (channels?: string[]) => ({ channels }) as never
  it('are told best first, and a window is always open', () => {
    expect(channels_of(item(['window', 'online']))).toEqual(['online', 'window'])
    expect(channels_of(item())).toEqual(['window'])
  })
})
