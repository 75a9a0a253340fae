// Changes of one material line, as functions from the line as it stands to what is sent.
import type { Collection, Material } from '@/base/api'
import type { MaterialEdit } from './api'

export function edit_of(line: Material): MaterialEdit {
  return {
    form: line.forms.includes(line.form) ? line.form : (line.forms[0] ?? 'original'),
    copies: Math.max(1, line.copies),
    check: line.check,
    ...(line.remark_of_check ? { remark: line.remark_of_check } : {}),
    pages: line.pages.map(({ id, rotation }) => ({ id, rotation })),
  }
}

export function line_of(sitting: Collection, code: string): Material {
  const line = sitting.materials.find((entry) => entry.code === code)
  if (!line) throw new Error(`the sitting has no line ${code}`)
  return line
}

// Moves a page before the one that is at `to` now; pages that arrived meanwhile stay where they are.
export function move_page(pages: MaterialEdit['pages'], id: string, to: number): MaterialEdit['pages'] {
  const from = pages.findIndex((page) => page.id === id)
  if (from < 0) return pages
  const rest = pages.filter((page) => page.id !== id)
  const at = Math.min(Math.max(to, 0), rest.length)
  return [...rest.slice(0, at), pages[from]!, ...rest.slice(at)]
}

export function rotate_page(pages: MaterialEdit['pages'], id: string): MaterialEdit['pages'] {
  const next = { 0: 90, 90: 180, 180: 270, 270: 0 } as const
  return pages.map((page) => (page.id === id ? { ...page, rotation: next[page.rotation] } : page))
}
