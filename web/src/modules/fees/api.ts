// The calls of the cashier's workplace.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type Refund = Schemas['Refund']
export type RefundPage = Schemas['RefundPage']
export type UnmatchedPage = Schemas['UnmatchedPage']
export type UnmatchedPayment = UnmatchedPage['payments'][number]
export type ReconciledDay = Schemas['ReconciledDay']
export type ReconciledDayPage = Schemas['ReconciledDayPage']
export type Difference = Schemas['MoneyDifference']

const root = '/api/v1/money'
const part = encodeURIComponent

export const list_refunds = (cursor?: string): Promise<RefundPage> => http.get(`${root}/refunds`, { query: { cursor } })
export const list_unmatched = (cursor?: string): Promise<UnmatchedPage> => http.get(`${root}/unmatched`, { query: { cursor } })
export const list_days = (cursor?: string): Promise<ReconciledDayPage> => http.get(`${root}/days`, { query: { cursor } })
export const get_day = (day: string): Promise<ReconciledDay> => http.get(`${root}/days/${part(day)}`)

export const compare_day = (day: string, key: string): Promise<ReconciledDay> => http.post(`${root}/days/${part(day)}/comparison`, undefined, { key })

export function resolve_difference(day: string, found: Difference, resolution: 'explained' | 'booked', reason: string, key: string): Promise<ReconciledDay> {
  return http.post(`${root}/days/${part(day)}/resolution`, { kind: found.kind, reference: found.reference, resolution, reason }, { key })
}

export function decide_refund(refund: Refund, how: 'retry' | 'settlement', reason: string, key: string): Promise<Refund> {
  return http.post(`${root}/refunds/${part(refund.id)}/${how}`, { reason }, { version: refund.version, key })
}

export function decide_unmatched(payment: UnmatchedPayment, how: 'match' | 'refund', reason: string, key: string): Promise<unknown> {
  return http.post(`${root}/unmatched/${part(payment.reference)}/${how}`, { reason }, { key })
}
