// Verifying a certificate. Anyone may ask; no session.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type Verdict = Schemas['Verdict']
export type VerdictKind = Verdict['verdict']

const path = '/api/v1/public/certificate-checks'

export function check_by_number(number: string, code: string): Promise<Verdict> {
  return http.get<Verdict>(path, { query: { number, code }, quiet_sign_out: true })
}

export function check_file(file: Blob): Promise<Verdict> {
  // The server looks at the bytes; the type only says that it is a file.
  return http.post<Verdict>(path, file, { content_type: file.type === 'application/pdf' ? file.type : 'application/ofd', quiet_sign_out: true })
}
