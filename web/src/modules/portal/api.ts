// The calls of the portal besides the applications, which answer like sittings (collections/api.ts).
import type { Collection, Schemas } from '@/base/api'
import { http } from '@/base/http'

export type OwnCase = Schemas['OwnCase']
export type OwnApplication = Schemas['OwnApplication']
export interface OwnCasePage {
  cases: OwnCase[]
  applications: OwnApplication[] // begun online and not ended; on the first page
  hidden: boolean
  next_cursor?: string
}

const root = '/api/v1/portal'

export const start_check = (consent: boolean, key: string) => http.post<{ id: string; page_url: string }>(`${root}/liveness-checks`, { consent }, { key })
export const get_check = (id: string) => http.get<{ state: 'open' | 'passed' | 'failed'; expired: boolean }>(`${root}/liveness-checks/${encodeURIComponent(id)}`)

export const list_own_cases = (cursor?: string) => http.get<OwnCasePage>(`${root}/cases`, { query: { cursor, limit: 20 } })
export const visit_case = (number: string) => http.post<void>(`${root}/cases/${encodeURIComponent(number)}/visits`)

export const open_application = (home: string, item: string, key: string) => http.post<Collection>(`${root}/applications`, { home, item }, { key })
export const join_application = (case_number: string, code: string, key: string) => http.post<Collection>(`${root}/applications/join`, { case_number, code }, { key })
// Only for filling in oneself; it is not kept anywhere.
export const own_identity = () => http.get<Schemas['OwnIdentity']>(`${root}/identity`)

export type Appointment = Schemas['Appointment']
export interface Slots {
  slot_minutes: number
  cancel_minutes: number
  days: { day: string; slots: { slot: string; free: number }[] }[]
}
export const list_slots = (hall: string) => http.get<Slots>(`/api/v1/registries/${hall}/slots`)
export const list_bookings = () => http.get<{ appointments: Appointment[] }>(`${root}/appointments`)
export const book = (hall: string, day: string, slot: string) => http.post<Appointment>(`${root}/appointments`, { hall, day, slot })
export const cancel_booking = (hall: string, id: string) => http.remove<void>(`${root}/appointments/${hall}/${id}`)
