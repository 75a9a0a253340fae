import { describe, expect, it } from 'vitest'
import type { Material } from '@/base/api'
import { edit_of, move_page, rotate_page } from './material'
import { acceptable } from './uploads'

const pages = ['a', 'b', 'c'].map((id) => ({ id, rotation: 0 as const }))
const ids = (list: { id: string }[]) => list.map((page) => page.id).join('')

describe('pages of a line', () => {
  it('move forward, back, and never out of the list', () => {
    expect(ids(move_page(pages, 'a', 1))).toBe('bac')
    expect(ids(move_page(pages, 'c', 0))).toBe('cab')
    expect(ids(move_page(pages, 'b', -5))).toBe('bac')
    expect(ids(move_page(pages, 'b', 9))).toBe('acb')
    expect(ids(move_page(pages, 'gone', 0))).toBe('abc')
  })
  it('turn a quarter at a time and come round', () => {
    let turned: ReturnType<typeof rotate_page> = pages
    const seen = [1, 2, 3, 4].map(() => (turned = rotate_page(turned, 'b')).map((page) => page.rotation).join())
    expect(seen).toEqual(['0,90,0', '0,180,0', '0,270,0', '0,0,0'])
  })
})

describe('what is sent for a line', () => {
  it('takes a form that the list allows when none was chosen', () => {
    const line = { forms: ['electronic'], form: 'original', copies: 0, check: 'unchecked', pages: [] } as unknown as Material
    expect(edit_of(line)).toEqual({ form: 'electronic', copies: 1, check: 'unchecked', pages: [] })
  })
})

describe('files', () => {
  it.each([
    [{ type: 'image/jpeg', size: 5 }, ''],
    [{ type: 'application/pdf', size: 5 }, ''],
    [{ type: '', size: 5 }, ''],
    [{ type: 'image/jpeg', size: 0 }, 'file_empty'],
    [{ type: 'text/plain', size: 5 }, 'file_kind'],
  ])('%o → %s', (file, fault) => expect(acceptable(file)).toBe(fault))
})
