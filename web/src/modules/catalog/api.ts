// The calls of those who keep a registry's catalogue.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type Change = Schemas['Change']
export type ChangeRow = Schemas['ChangeRow']
export type ChangeInput = Schemas['ChangeInput']
export type Editor = Schemas['CatalogueEditor']
export type EditorLine = Schemas['EditorLine']
export type ListEdits = Schemas['ListEdits']
export type LineEdit = Schemas['LineEdit']
export type QuestionEdit = Schemas['QuestionEdit']
export type SpecialDay = Schemas['SpecialDay']
export type RolloutCell = Schemas['RolloutCell']

const root = '/api/v1/catalogue/changes'
const path = (id: string) => `${root}/${encodeURIComponent(id)}`

export function list_changes(cursor?: string): Promise<{ changes: ChangeRow[]; next_cursor?: string }> {
  return http.get(root, { query: { cursor, limit: 50 } })
}
export const get_change = (id: string): Promise<Change> => http.get<Change>(path(id))
export const draft_change = (body: ChangeInput, key: string): Promise<Change> => http.post<Change>(root, body, { key })
export const write_change = (change: Change, body: ChangeInput): Promise<Change> => http.put<Change>(path(change.id), body, { version: change.version })

export type Step = 'hand-in' | 'approval' | 'return' | 'withdrawal'
export function take_step(change: Change, step: Step, body: object, key: string): Promise<Change> {
  return http.post<Change>(`${path(change.id)}/${step}`, body, { version: change.version, key })
}
export function get_editor(item: string, from: string): Promise<Editor> {
  return http.get<Editor>(`/api/v1/catalogue/items/${encodeURIComponent(item)}/editor`, { query: { from } })
}
export function get_rollout(item: string): Promise<{ date: string; cells: RolloutCell[] }> {
  return http.get('/api/v1/catalogue/rollout', { query: { item } })
}
export const rollout_file = (item: string): string => `/api/v1/catalogue/rollout?format=csv${item ? `&item=${encodeURIComponent(item)}` : ''}`
