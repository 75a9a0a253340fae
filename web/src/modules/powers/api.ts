// The calls of the register of standing powers.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type StandingPower = Schemas['StandingPower']
export type StandingPowerPage = Schemas['StandingPowerPage']
export type PowerGrantInput = Schemas['PowerGrantInput']
export type Step = 'check' | 'rejection' | 'revocation'

const root = '/api/v1/powers'
const path = (number: string) => `${root}/${encodeURIComponent(number)}`

export const list_powers = (cursor?: string): Promise<StandingPowerPage> => http.get(root, { query: { cursor } })
export const get_power = (number: string): Promise<StandingPower> => http.get(path(number))
export const file_power = (body: PowerGrantInput, key: string): Promise<StandingPower> => http.post(root, body, { key })
export const paper_address = (number: string): string => `${path(number)}/paper`

export function attach_paper(power: StandingPower, file: Blob): Promise<StandingPower> {
  return http.put(`${path(power.number)}/paper`, file, { version: power.version, content_type: 'application/octet-stream' })
}
export function take_step(power: StandingPower, step: Step, text: string, key: string): Promise<StandingPower> {
  return http.post(`${path(power.number)}/${step}`, step === 'check' ? { remark: text } : { reason: text }, { version: power.version, key })
}
