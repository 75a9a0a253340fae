// The way of a case as an applicant sees it: five steps, where it is now, and what people ask at that point. Pure.
import type { CaseState } from './api'

export const steps = ['filed', 'accepted', 'paid', 'registered', 'issued'] as const
export type Step = (typeof steps)[number]
export type StepMark = 'done' | 'now' | 'ahead' | 'stopped'

// How many steps are behind a case in this state; the next one is the current one.
const steps_behind: Record<CaseState, number> = {
  draft: 0,
  collecting: 0,
  filed: 1,
  supplement: 1,
  not_accepted: 1,
  accepted: 2,
  awaiting_payment: 2,
  paid: 3,
  suspended: 2,
  registered: 4,
  refused: 2,
  withdrawn: 1,
  cancelled: 0,
  expired: 0,
}

// What people are told to do next: with nothing to pay or no paper to fetch it is another sentence.
export function advice_key(followed: { state: CaseState; bill?: unknown; certificate?: unknown }): string {
  if (followed.state === 'paid' && !followed.bill) return 'paid_free'
  if (followed.state === 'registered' && !followed.certificate) return 'registered_only'
  return followed.state
}

export function has_stopped(state: CaseState): boolean {
  return state === 'not_accepted' || state === 'refused' || state === 'withdrawn' || state === 'cancelled' || state === 'expired'
}

export function step_marks(state: CaseState, certificate_issued: boolean): Record<Step, StepMark> {
  const behind = certificate_issued ? steps.length : steps_behind[state]
  const mark = (at: number): StepMark => {
    if (at < behind) return 'done'
    if (at > behind) return 'ahead'
    return has_stopped(state) ? 'stopped' : 'now'
  }
  return Object.fromEntries(steps.map((step, at) => [step, mark(at)])) as Record<Step, StepMark>
}

// The page asks again by itself while something may change soon.
export function poll_ms(state: CaseState, certificate: string | undefined): number | undefined {
  if (certificate === 'preparing') return 2_000
  if (has_stopped(state) || certificate === 'issued' || certificate === 'superseded' || certificate === 'void') return undefined
  return 15_000
}

// Case numbers are typed from paper: blanks, full-width letters and small letters are forgiven.
export function plain_number(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

export function plain_digits(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '')
}

export type Gap = 'number' | 'phone' | 'code'

export function first_gap(number: string, phone: string, code: string | undefined): Gap | undefined {
  if (plain_number(number).length < 6) return 'number'
  if (!/^1[3-9]\d{9}$/.test(plain_digits(phone))) return 'phone'
  return code !== undefined && !/^\d{6}$/.test(plain_digits(code)) ? 'code' : undefined
}

// Waiting for the gateway's notice after paying: first quickly, then patiently, and after two minutes we say so.
export function payment_wait_ms(asked: number): number | undefined {
  if (asked < 10) return 1_000
  if (asked < 30) return 3_000
  return asked < 42 ? 5_000 : undefined
}
