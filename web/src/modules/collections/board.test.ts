import { describe, expect, it } from 'vitest'
import { missing_count, plain_case_number, plain_code, spaced_code } from './board'

const party = (state: 'missing' | 'verified') => ({ id: state, name: '王*', role: 'buyer' as const, state, place: '', own: false })

describe('the board', () => {
  it('counts who is missing', () => {
    expect(missing_count({ parties: [party('missing'), party('verified'), party('missing')] })).toBe(2)
    expect(missing_count({ parties: [] })).toBe(0)
  })
})

describe('codes', () => {
  it('are read in two groups and typed in any', () => {
    expect(spaced_code('12345678')).toBe('1234 5678')
    expect(plain_code('１２３４ 5678')).toBe('12345678')
    expect(plain_code(spaced_code('00010002'))).toBe('00010002')
    expect(plain_case_number(' tb37010220261128000001 ')).toBe('TB37010220261128000001')
  })
})
