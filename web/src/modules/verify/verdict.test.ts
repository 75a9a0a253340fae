import { describe, expect, it } from 'vitest'
import { file_bytes_max, file_gap, looks, number_gap, plain_certificate_number, plain_code, signs } from './verdict'

describe('a verdict', () => {
  it('looks good only when the certificate is valid', () => {
    expect(Object.entries(looks).filter(([, look]) => look === 'good').map(([kind]) => kind)).toEqual(['valid'])
    expect(new Set(Object.values(signs)).size).toBe(3)
  })
})

describe('what is typed', () => {
  it('takes a number in any brackets, with blanks', () => {
    const wanted = '鲁(2026)历下区不动产证明第0000001号'
    for (const text of ['鲁（2026）历下区不动产证明第0000001号', '鲁〔2026〕 历下区 不动产证明第 0000001 号', '鲁(２０２６)历下区不动产证明第0000001号']) {
      expect(plain_certificate_number(text)).toBe(wanted)
    }
  })
  it('takes a code with blanks, dashes and small letters', () => {
    expect(plain_code(' abcd-efgh jkmn ')).toBe('ABCDEFGHJKMN')
  })
  it('says what is missing', () => {
    expect(number_gap('', 'ABCDEF')).toBe('number_missing')
    expect(number_gap('鲁(2026)历下区', 'ABC')).toBe('code_missing')
    expect(number_gap('鲁(2026)历下区', 'ABCDEF')).toBeUndefined()
  })
})

describe('a chosen file', () => {
  it('is judged by its bytes', async () => {
    expect(await file_gap(new Blob(['%PDF-1.7 …']))).toBeUndefined()
    expect(await file_gap(new Blob(['\n\n%PDF-1.7 …']))).toBeUndefined()
    expect(await file_gap(new Blob(['PK\u0003\u0004…']))).toBeUndefined()
    expect(await file_gap(new Blob(['PK…']))).toBe('file_not_pdf')
    expect(await file_gap(new Blob([]))).toBe('file_empty')
    expect(await file_gap(new Blob([new Uint8Array(file_bytes_max + 1)]))).toBe('file_too_large')
  })
})
