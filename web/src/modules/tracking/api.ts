// The calls of an applicant who follows a case by number and phone code. They have a session of their own (a cookie for
// this one case) and its own CSRF token; a 401 here is an answer ("enter a code first"), never the end of a staff session.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type TrackedCase = Schemas['TrackedCase']
export type Turn = TrackedCase['turn']
export type { CaseState } from '@/base/api'

const root = '/api/v1/public'

export function send_code(case_number: string, phone: string): Promise<void> {
  return http.post<void>(`${root}/tracking-codes`, { case_number, phone }, { quiet_sign_out: true })
}

export function start_tracking(case_number: string, phone: string, code: string): Promise<TrackedCase> {
  return http.post<TrackedCase>(`${root}/tracking-sessions`, { case_number, phone, code }, { quiet_sign_out: true })
}

export function get_tracked_case(signal?: AbortSignal): Promise<TrackedCase> {
  return http.get<TrackedCase>(`${root}/tracked-case`, { quiet_sign_out: true, signal })
}

export function start_payment(followed: TrackedCase, key: string): Promise<{ redirect_url: string }> {
  return http.post<{ redirect_url: string }>(`${root}/tracked-case/payments`, undefined, {
    csrf: followed.csrf_token,
    key,
    quiet_sign_out: true,
  })
}

export function ask_withdrawal(followed: TrackedCase, reason: string, key: string): Promise<{ missing: number }> {
  return http.post<{ missing: number }>(`${root}/tracked-case/withdrawal`, { reason }, { csrf: followed.csrf_token, key, quiet_sign_out: true })
}

export const certificate_url = `${root}/tracked-case/certificate.pdf`
// The whole case as a file that proves itself; of other people only digests.
export const capsule_url = `${root}/tracked-case/capsule.zip`
export const sealed_certificate_url = `${root}/tracked-case/certificate.ofd`
