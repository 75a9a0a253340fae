// Calls of the collecting window. Everything that changes a sitting answers with the whole sitting as it then stands.
import type { Collection, CollectionState, Schemas } from '@/base/api'
import { http, type CallOptions } from '@/base/http'
import { upload, type UploadOptions } from '@/base/upload'

export type Row = Schemas['CollectionRow']
export type Application = Schemas['Application']
export type PartyInput = Schemas['PartyInput']
export type Question = Schemas['InterviewQuestion']
export type ItemSummary = Schemas['ItemSummary']
export type Item = Schemas['Item']
export type Form = Schemas['MaterialForm']
export type Check = 'unchecked' | 'passed' | 'failed'
export type BoardParty = Schemas['Board']['parties'][number]
export interface PartyCode {
  case_number: string
  party: string
  name: string
  code: string
  until: string
  sent_to?: string
}
export interface MaterialEdit {
  form: Form
  copies: number
  check: Check
  remark?: string
  pages: { id: string; rotation: 0 | 90 | 180 | 270 }[]
}
export interface Card {
  name: string
  number: string
  sex?: string
  birth_date?: string
  address?: string
  valid_until?: string
  expired?: boolean
  demonstration: boolean
}

const base = '/api/v1/collections'
// Applications that people make online are sittings too: the same calls under another address, named by registry and id, "370102/…".
const online = '/api/v1/portal/applications'
const at = (id: string, rest = '') => `${id.includes('/') ? `${online}/${id}` : `${base}/${encodeURIComponent(id)}`}${rest}`

export const list_sittings = (state?: CollectionState, cursor?: string) =>
  http.get<{ collections: Row[]; next_cursor?: string }>(base, { query: { state, cursor, limit: 50 } })
export const open_sitting = (home: string, item: string, key: string) => http.post<Collection>(base, { home, item }, { key })
export const join_sitting = (case_number: string, code: string, key: string) => http.post<Collection>(`${base}/join`, { case_number, code }, { key })
export const get_sitting = (id: string) => http.get<Collection>(at(id))
export const list_items = (home: string) => http.get<{ items: ItemSummary[] }>(`/api/v1/registries/${home}/items`)
export const get_item = (home: string, item: string) => http.get<Item>(`/api/v1/registries/${home}/items/${item}`)
export const read_card = () => http.get<Card>('/api/v1/devices/id-reader/card')

export const put_application = (id: string, body: Application, options: CallOptions) => http.put<Collection>(at(id, '/application'), body, options)
export const add_party = (id: string, body: PartyInput, options: CallOptions) => http.post<Collection>(at(id, '/parties'), body, options)
export const put_party = (id: string, party: string, body: PartyInput, options: CallOptions) =>
  http.put<Collection>(at(id, `/parties/${party}`), body, options)
export const remove_party = (id: string, party: string, options: CallOptions) => http.remove<Collection>(at(id, `/parties/${party}`), options)
export const check_identity = (id: string, party: string, options: CallOptions) =>
  http.post<Collection>(at(id, `/parties/${party}/identity-check`), undefined, options)
export const put_answer = (id: string, party: string, body: { question: string; answer: string; remark?: string }, options: CallOptions) =>
  http.put<Collection>(at(id, `/parties/${party}/interview`), body, options)
export const put_signature = (id: string, party: string, picture: Blob, options: CallOptions) =>
  http.put<Collection>(at(id, `/parties/${party}/signature`), picture, { ...options, content_type: 'image/png' })
export const put_material = (id: string, line: string, body: MaterialEdit, options: CallOptions) =>
  http.put<Collection>(at(id, `/materials/${line}`), body, options)
export const put_page = (id: string, line: string, page: string, file: File, options: Omit<UploadOptions, 'file_name'>) =>
  upload<Collection>(at(id, `/materials/${line}/pages/${page}`), file, { ...options, file_name: file.name })
export const push = (id: string, options: CallOptions) => http.post<Collection>(at(id, '/push'), undefined, options)
export const cancel = (id: string, reason: string, options: CallOptions) => http.post<Collection>(at(id, '/cancel'), { reason }, options)

export const end_application = (id: string, reason: string, options: CallOptions) => http.post<Collection>(at(id, '/end'), { reason }, options)
export const renew_code = (id: string, party: string, key: string) => http.post<PartyCode>(at(id, '/codes'), { party }, { key })

export const signature_url = (id: string, party: string, digest: string) => at(id, `/parties/${party}/signature?v=${encodeURIComponent(digest.slice(-12))}`)
export const page_url = (id: string, page: string) => at(id, `/pages/${page}`)
export const receipt_url = (id: string) => at(id, '/receipt.pdf')
// `digest` and `rotation` only keep the browser from showing an older picture of the same page.
export const preview_url = (id: string, page: { id: string; digest: string; rotation: number }, leaf: number, width: number) =>
  at(id, `/pages/${page.id}/preview?leaf=${leaf}&width=${width}&v=${page.rotation}-${encodeURIComponent(page.digest.slice(-8))}`)
