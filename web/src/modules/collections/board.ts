// What the board of several visits says, and how a code is typed and read. Pure.
import type { Schemas } from '@/base/api'

type Board = Schemas['Board']

export function missing_count(board: Pick<Board, 'parties'>): number {
  return board.parties.filter((party) => party.state === 'missing').length
}

// Eight digits read better in two groups.
export function spaced_code(code: string): string {
  return code.replace(/^(\d{4})(\d{4})$/, '$1 $2')
}

// Typed from a message or read over the telephone: full-width digits, blanks and hyphens are forgiven.
export function plain_code(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '')
}
export function plain_case_number(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
