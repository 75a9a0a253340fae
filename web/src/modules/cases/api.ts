// The calls of the home registry's workplace.
import type { Schemas } from '@/base/api'
import { http, read_problem, unsafe_headers } from '@/base/http'
import { decisions, type DecisionDraft, decision_body } from './decisions'
import type { Filters, List } from './queues'

export type { CaseState, Duty, Material, Party, RuleResult } from '@/base/api'
export type Case = Schemas['Case']
export type CaseRow = Schemas['CaseRow']
export type CaseAction = Schemas['CaseAction']

export type ReviewQuestion = Schemas['ReviewQuestion']
export type ChecklistAnswer = Schemas['ChecklistAnswer']
export type Evidence = Schemas['Evidence']
export type Counts = Partial<Record<List, number>>

export interface CasePage {
  cases: CaseRow[]
  next_cursor?: string
  counts: Counts // of every list under the same filters
}

const root = '/api/v1/cases'

export function case_path(number: string): string {
  return `${root}/${encodeURIComponent(number)}`
}

export function list_cases(queue: List, filters: Filters, cursor?: string, signal?: AbortSignal): Promise<CasePage> {
  return http.get<CasePage>(root, { query: { queue, ...filters, cursor, limit: 50 }, signal })
}

export function search_cases(q: string, signal?: AbortSignal): Promise<{ cases: CaseRow[]; more: boolean }> {
  return http.get('/api/v1/case-search', { query: { q }, signal })
}

// The reason is asked of those whose desk the case is not on; every opening is recorded.
export function get_case(number: string, reason?: string, signal?: AbortSignal): Promise<Case> {
  return http.get<Case>(case_path(number), { query: { reason }, signal })
}

export function claim_case(of: { number: string; version: number }, key: string): Promise<Case> {
  return http.post<Case>(`${case_path(of.number)}/claim`, undefined, { version: of.version, key })
}
export function release_case(of: { number: string; version: number }, key: string): Promise<Case> {
  return http.post<Case>(`${case_path(of.number)}/claim-release`, {}, { version: of.version, key })
}
export function add_note(number: string, text: string, key: string): Promise<Case> {
  return http.post<Case>(`${case_path(number)}/notes`, { text }, { key })
}

export interface GivenAnswer {
  question: string
  answer: 'yes' | 'no' | 'not_applicable'
  remark?: string
  proposed?: boolean
  evidence: Evidence[]
}
export function answer_checklist(sheet: Case, answers: GivenAnswer[], key: string): Promise<Case> {
  return http.put<Case>(`${case_path(sheet.number)}/checklist`, { answers }, { version: sheet.version, key })
}

export interface Assigned {
  done: string[]
  refused: { number: string; code: string; text: string }[]
}
export function assign_cases(cases: { number: string; version: number }[], to: string, reason: string, key: string): Promise<Assigned> {
  return http.post<Assigned>('/api/v1/case-assignments', { cases, reason, ...(to ? { to } : {}) }, { key })
}

export interface CaseRead {
  registry: string
  duty: string
  purpose: string
  times: number
  first_at: string
  last_at: string
  name?: string
}
export function list_reads(number: string): Promise<{ reads: CaseRead[] }> {
  return http.get(`${case_path(number)}/reads`)
}

export interface TeamLoad {
  account: string
  queue: string
  open: number
  older_than_day: number
  older_than_week: number
  overdue: number
  due_today: number
  deemed_accepted: number
  oldest_at: string
}
export interface Team {
  people: { account: string; name: string; duties: Schemas['Duty'][]; place: string; phone: string }[]
  loads: TeamLoad[]
  returns: { moment: string; code: string; text: string; avoidable: boolean; item: string; item_name: string; collecting_name: string; count: number }[]
  returns_days: number
}
export function get_team(): Promise<Team> {
  return http.get<Team>('/api/v1/team')
}
export interface RuleRequest {
  case_number: string
  moment: string
  code_text: string
  item: string
  text: string
  by: string
  at: string
}
export function list_rule_requests(): Promise<{ requests: RuleRequest[] }> {
  return http.get('/api/v1/rule-requests')
}

// The first leaf of the notice that the decision would send, as the applicant would get it.
export async function preview_notice(sheet: Case, action: CaseAction, draft: DecisionDraft): Promise<Blob> {
  const response = await fetch(`${case_path(sheet.number)}/notice-preview/${decisions[action].path}?leaf=1`, {
    method: 'POST',
    headers: { ...unsafe_headers({}), 'Content-Type': 'application/json' },
    body: JSON.stringify(decision_body(action, draft)),
    credentials: 'same-origin',
  })
  if (!response.ok) throw read_problem(response.status, await response.text())
  return response.blob()
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
