// The pages of a case as one sequence, so that "next page" runs through all material lines. A PDF has several leaves.
import type { Case, Material } from './api'

export interface Leaf {
  line: string // material line code
  title: string
  page: string // page id
  name: string
  kind: 'jpeg' | 'png' | 'pdf'
  leaf: number // from 1
  leaves: number
  position: number // in the line, from 1
  positions: number
}

export function leaves_of(material: Material): Leaf[] {
  const list = material.pages.flatMap((page) =>
    Array.from({ length: Math.max(1, page.leaves) }, (_unused, index) => ({
      line: material.code,
      title: material.title,
      page: page.id,
      name: page.name,
      kind: page.kind,
      leaf: index + 1,
      leaves: Math.max(1, page.leaves),
      position: 0,
      positions: 0,
    })),
  )
  return list.map((leaf, index) => ({ ...leaf, position: index + 1, positions: list.length }))
}

export function all_leaves(sheet: Pick<Case, 'materials'>): Leaf[] {
  return sheet.materials.flatMap(leaves_of)
}

// The line to look at first: one whose formal check failed, else required but empty, else the first with pages.
export function first_unresolved(materials: readonly Material[]): string | undefined {
  const line =
    materials.find((m) => m.check === 'failed') ??
    materials.find((m) => m.required_now && m.pages.length === 0) ??
    materials.find((m) => m.check === 'unchecked' && m.pages.length > 0) ??
    materials.find((m) => m.pages.length > 0)
  return line?.code
}

export type LineMark = 'passed' | 'failed' | 'missing' | 'unchecked' | 'none' | 'forbidden'

export function line_mark(material: Material): LineMark {
  if (material.check === 'failed') return 'failed'
  if (material.pages.length === 0) {
    if (material.must_not_demand) return 'forbidden'
    return material.required_now ? 'missing' : 'none'
  }
  return material.check === 'passed' ? 'passed' : 'unchecked'
}

export function preview_url(number: string, page: string, leaf: number, width: number): string {
  return `/api/v1/cases/${encodeURIComponent(number)}/pages/${encodeURIComponent(page)}/preview?leaf=${leaf}&width=${width}`
}

export function original_url(number: string, page: string): string {
  return `/api/v1/cases/${encodeURIComponent(number)}/pages/${encodeURIComponent(page)}`
}
