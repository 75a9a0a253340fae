import { beforeAll, describe, expect, it } from 'vitest'
import type { FormField } from '@/base/facts'
import { i18n } from '@/base/i18n'
import { application_of, as_list, form_faults, is_wide, read_form, read_value, shown_value, typed_form } from './form'
import words from './messages.zh.json'

const field = (key: string, kind: FormField['kind'], rest: Partial<FormField> = {}): FormField => ({ key, label: `«${key}»`, kind, required: true, ...rest })
const way = field('way', 'choice', { options: [{ value: 'general', text: '一般抵押' }, { value: 'maximum', text: '最高额抵押' }] })
const sum = field('sum', 'money')
const ban = field('ban', 'yes_no')
const from = field('from', 'date')
const to = field('to', 'date', { not_before: 'from' })
const count = field('count', 'integer', { max: 20 })
const target = field('target', 'entry')
const note = field('note', 'text', { required: false })
const all = [way, sum, ban, from, to, count, target, note]

beforeAll(() => i18n.global.mergeLocaleMessage('zh', words as {}))

describe('reading what was typed', () => {
  it.each([
    [sum, '1,200,000.5', 120000050],
    [sum, '0', undefined],
    [sum, 'viel', undefined],
    [ban, 'no', false],
    [ban, 'yes', true],
    [ban, '', undefined],
    [count, '３', 3],
    [count, '21', undefined],
    [count, '1.5', undefined],
    [target, ' 鲁（2026）历下区不动产证明第0000001号 ', '鲁(2026)历下区不动产证明第0000001号'],
    [note, '  甲  ', '甲'],
    [note, '   ', undefined],
  ] as const)('%o %s → %s', (of, typed, value) => expect(read_value(of, typed)).toBe(value))

  it('gives back what was stored', () => {
    const values = { way: 'maximum', sum: 120000050, ban: false, from: '2026-01-01', to: '2036-01-01', count: 2, target: '鲁(2026)历下区不动产证明第0000001号' }
    const typed = typed_form(all, { unit_number: '1', values })
    expect(typed).toMatchObject({ sum: '1,200,000.50', ban: 'no', count: '2', note: '' })
    expect(application_of('370102 001001 gb00001 F00010001', all, typed)).toEqual({ unit_number: '370102001001GB00001F00010001', values })
    expect(read_form(all, typed)).toEqual({ ...values, note: undefined })
  })
  it('sends only what this case asks for', () => {
    expect(application_of('1', [way], { way: 'general', sum: '5' }).values).toEqual({ way: 'general' })
  })
  it('never answers yes or no by itself', () => {
    expect(typed_form([ban], undefined)).toEqual({ ban: '' })
    expect(application_of('1', [ban], typed_form([ban], undefined)).values).toEqual({})
  })
})

describe('faults', () => {
  it('tell wrong from not answered yet', () => {
    const { wrong, open } = form_faults(all, { way: 'general', sum: 'x', from: '2026-02-01', to: '2026-01-31', count: '99', target: '1' })
    expect(Object.keys(wrong)).toEqual(['sum', 'to', 'count', 'target'])
    expect(Object.keys(open)).toEqual(['ban'])
    expect(wrong.to).toBe('«to»不能早于«from»')
  })
  it('use the words of the server', () => {
    expect(form_faults([way], {}).open.way).toBe('请填写：«way»')
  })
})

it('shows a value as people read it', () => {
  expect([shown_value(way, 'maximum'), shown_value(sum, 120000050), shown_value(ban, false), shown_value(note, undefined)]).toEqual(['最高额抵押', '1,200,000.50 元', '否', ''])
})

it('gives long alternatives the whole width and many of them a list', () => {
  const options = (count: number, text: string) => Array.from({ length: count }, (_, at) => ({ value: String(at), text }))
  expect(is_wide(way)).toBe(false)
  expect(is_wide(field('x', 'choice', { options: options(4, '与房屋配套、不单独核发证书的车库') }))).toBe(true)
  expect(as_list(field('x', 'choice', { options: options(9, '甲') }))).toBe(true)
})
