import { describe, expect, it } from 'vitest'
import type { CaseState } from './api'
import { advice_key, first_gap, has_stopped, payment_wait_ms, plain_number, poll_ms, step_marks, steps } from './stages'

const letters = { done: '✔', now: '●', ahead: '○', stopped: '✖' } as const
const picture = (state: CaseState, issued = false) => steps.map((step) => letters[step_marks(state, issued)[step]]).join('')

describe('the five steps', () => {
  it.each<[CaseState, boolean, string]>([
    ['draft', false, '●○○○○'],
    ['filed', false, '✔●○○○'],
    ['supplement', false, '✔●○○○'],
    ['accepted', false, '✔✔●○○'],
    ['awaiting_payment', false, '✔✔●○○'],
    ['paid', false, '✔✔✔●○'],
    ['registered', false, '✔✔✔✔●'],
    ['registered', true, '✔✔✔✔✔'],
    ['not_accepted', false, '✔✖○○○'],
    ['refused', false, '✔✔✖○○'],
    ['withdrawn', false, '✔✖○○○'],
    ['cancelled', false, '✖○○○○'],
    ['collecting', false, '●○○○○'],
    ['expired', false, '✖○○○○'],
  ])('%s (issued: %s) → %s', (state, issued, expected) => {
    expect(picture(state, issued)).toBe(expected)
  })
})

describe('what to do next', () => {
  it('knows cases without a fee and entries without a paper', () => {
    expect(advice_key({ state: 'paid', bill: {} })).toBe('paid')
    expect(advice_key({ state: 'paid' })).toBe('paid_free')
    expect(advice_key({ state: 'registered', certificate: {} })).toBe('registered')
    expect(advice_key({ state: 'registered' })).toBe('registered_only')
    expect(advice_key({ state: 'accepted' })).toBe('accepted')
  })
})

describe('asking again', () => {
  it('is quick while the certificate is made and stops when nothing can change', () => {
    expect(poll_ms('registered', 'preparing')).toBe(2_000)
    expect(poll_ms('filed', undefined)).toBe(15_000)
    expect(poll_ms('registered', 'issued')).toBeUndefined()
    expect(poll_ms('refused', undefined)).toBeUndefined()
    expect(has_stopped('supplement')).toBe(false)
  })
  it('waits for a payment about two minutes, then says so', () => {
    let total = 0
    let asked = 0
    for (let wait = payment_wait_ms(asked); wait !== undefined; wait = payment_wait_ms(++asked)) total += wait
    expect(total).toBe(130_000)
  })
})

describe('what people type', () => {
  it('forgives blanks and full-width letters in a number', () => {
    expect(plain_number(' tb３７０１０２ 2026 ')).toBe('TB3701022026')
  })
  it.each([
    ['', '13800001234', undefined, 'number'],
    ['TB370102', '1380000', undefined, 'phone'],
    ['TB370102', '138 0000 1234', undefined, undefined],
    ['TB370102', '13800001234', '12345', 'code'],
    ['TB370102', '13800001234', '１２３456', undefined],
  ])('%s %s %s → %s', (number, phone, code, gap) => {
    expect(first_gap(number, phone, code)).toBe(gap)
  })
})
