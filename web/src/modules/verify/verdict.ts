// What a verdict looks like, and what may be asked. Pure. A verdict is told by word and shape first; colour only helps.
import type { VerdictKind } from './api'

export type Look = 'good' | 'bad' | 'unclear'

// valid: issued, unchanged, in force. void: once issued, no longer in force. altered: not the file that was issued.
// unknown: no such certificate here. foreign: a signature or registry this platform does not know.
export const looks: Record<VerdictKind, Look> = {
  valid: 'good',
  void: 'bad',
  altered: 'bad',
  unknown: 'bad',
  foreign: 'unclear',
}

export const signs: Record<Look, string> = { good: '✔', bad: '✖', unclear: '?' }

export const file_bytes_max = 8 * 1024 * 1024

export type FileGap = 'file_empty' | 'file_too_large' | 'file_not_pdf'

// Looks at the first bytes, not at the name: a PDF says so within its first kilobyte, an OFD is a ZIP.
export async function file_gap(file: Blob): Promise<FileGap | undefined> {
  if (file.size === 0) return 'file_empty'
  if (file.size > file_bytes_max) return 'file_too_large'
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer())
  const text = String.fromCharCode(...head)
  return text.includes('%PDF-') || text.startsWith('PK\u0003\u0004') ? undefined : 'file_not_pdf'
}

// 鲁（2026）历下区 … typed from paper or pasted: brackets in one form, no blanks.
export function plain_certificate_number(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').replace(/[〔[]/g, '(').replace(/[〕\]]/g, ')')
}

export function plain_code(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]+/g, '').toUpperCase()
}

export type NumberGap = 'number_missing' | 'code_missing'

export function number_gap(number: string, code: string): NumberGap | undefined {
  if (plain_certificate_number(number).length < 6) return 'number_missing'
  return plain_code(code).length < 6 ? 'code_missing' : undefined
}
