// The calls of the home registry's workplace.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'
import { decisions, type DecisionDraft, decision_body } from './decisions'
import type { Queue } from './queues'

export type { CaseState, Duty, Material, Party, RuleResult } from '@/base/api'
export type Case = Schemas['Case']
export type CaseRow = Schemas['CaseRow']
export type CaseAction = Schemas['CaseAction']

export interface CasePage {
  cases: CaseRow[]
  next_cursor?: string
}

const root = '/api/v1/cases'

export function case_path(number: string): string {
  return `${root}/${encodeURIComponent(number)}`
}

export function list_cases(queue: Queue, cursor?: string, signal?: AbortSignal): Promise<CasePage> {
  return http.get<CasePage>(root, { query: { queue, cursor, limit: 50 }, signal })
}

export function get_case(number: string, signal?: AbortSignal): Promise<Case> {
  return http.get<Case>(case_path(number), { signal })
}

// Declares to the tax authority, or asks how the declaration stands; the sheet shows the answer.
export function ask_tax(number: string, key: string): Promise<Schemas['Tax']> {
  return http.post<Schemas['Tax']>(`${case_path(number)}/tax`, undefined, { key })
}

export interface CourtDocumentDone {
  kind: 'seizure' | 'waiting' | 'release'
  unit_number: string
  suspended: string[]
  told: string[]
}

export function enter_court_document(unit: string, body: Record<string, string>, key: string): Promise<CourtDocumentDone> {
  return http.post<CourtDocumentDone>(`/api/v1/units/${encodeURIComponent(unit.replace(/\s+/g, ''))}/court-documents`, body, { key })
}

// `key` belongs to one opened dialog: pressing the button again after a lost connection does the work once.
export function decide(sheet: Case, action: Schemas['CaseAction'], draft: DecisionDraft, key: string): Promise<Case> {
  return http.post<Case>(`${case_path(sheet.number)}/${decisions[action].path}`, decision_body(action, draft), {
    version: sheet.version,
    key,
  })
}
