// Service guides. Anyone may read them; no session.
import type { Schemas } from '@/base/api'
import { http } from '@/base/http'

export type Guide = Schemas['Guide']
export type GuideSummary = Schemas['GuideSummary']
export type GuideComparison = Schemas['GuideComparison']
export type Difference = Schemas['Difference']

const root = '/api/v1/public/guides'
const path = (registry: string, item: string) => `${root}/${encodeURIComponent(registry)}/${encodeURIComponent(item)}`

export function list_guides(registry: string, typed: string, signal?: AbortSignal): Promise<{ registry_name: string; guides: GuideSummary[] }> {
  return http.get(root, { query: { registry, q: typed }, quiet_sign_out: true, signal })
}
export function get_guide(registry: string, item: string): Promise<Guide> {
  return http.get<Guide>(path(registry, item), { quiet_sign_out: true })
}
export function compare_guides(registry: string, item: string, other: string): Promise<GuideComparison> {
  return http.get<GuideComparison>(`${path(registry, item)}/comparison`, { query: { with: other }, quiet_sign_out: true })
}
export function document_path(registry: string, item: string): string {
  return `${path(registry, item)}/document`
}
