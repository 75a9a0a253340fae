import { describe, expect, it } from 'vitest'
import type { EditorLine, ListEdits } from './api'
import { code_at, edited_lines, edits_of, fault_line, next_code, state_of } from './edits'

const line = (code: string, more: Partial<EditorLine> = {}): EditorLine => ({
  code, title: code, requirement: 'required', when: '', when_text: '', forms: ['original'], sharing: '', remark: '', must_not_demand: false, generated: false, local: false, ...more,
})
const base = { version: 'v1', valid_from: '', promised_working_days: 1, lines: [line('M01'), line('M10', { remark: '带原件' })], questions: [] }
const none: ListEdits = { base: 'v1', lines: [], dropped: [], questions: [] }

describe('edits of a list', () => {
  it('are none when nothing differs', () => {
    const lines = edited_lines({ base }, none)
    expect(lines.map(state_of)).toEqual(['same', 'same'])
    expect(edits_of('v1', lines, {})).toMatchObject({ base: 'v1', lines: [], dropped: [] })
  })
  it('hold only what differs, and come back as they were', () => {
    const lines = edited_lines({ base }, none)
    lines[1]!.line.remark = '带原件和复印件'
    lines[0]!.dropped = true
    lines.push({ line: { code: 'L01', title: '清单', requirement: 'conditional', when: 'count.agent > 0', when_text: '有代理人的', forms: ['copy'], sharing: '', remark: '' }, dropped: false })
    const edits = edits_of('v1', lines, { promised_working_days: 0 })
    expect(edits.lines.map((one) => one.code)).toEqual(['M10', 'L01'])
    expect(edits.dropped).toEqual(['M01'])
    expect(edits.promised_working_days).toBe(0)
    expect(edited_lines({ base }, edits).map(state_of)).toEqual(['dropped', 'changed', 'added'])
  })
  it('leave no condition on a line that is required again', () => {
    const lines = edited_lines({ base }, { ...none, lines: [line('M10', { requirement: 'conditional', when: 'x', when_text: 'y' })] })
    lines[1]!.line.requirement = 'required'
    lines[1]!.line.remark = 'z'
    expect(edits_of('v1', lines, {}).lines[0]).toMatchObject({ when: '', when_text: '' })
  })
  it('get the first free code', () => expect(next_code([...edited_lines({ base }, { ...none, lines: [line('L01')] })])).toBe('L02'))
})

describe('a fault of the text', () => {
  const text = "version = 'v'\n\n[[lines]]\ncode = 'M01'\ntitle = 'a'\n\n[[lines]]\ncode = 'L01'\nwhen = 'x'\n"
  it('names its line', () => expect(fault_line('20261201-370102-1:9: when: is not a known fact: x')).toBe(9))
  it('without one is the law speaking', () => expect(fault_line('M10“合同”是法定申请材料')).toBeUndefined())
  it('leads to the list line', () => {
    expect(code_at(text, 9)).toBe('L01')
    expect(code_at(text, 7)).toBe('L01')
    expect(code_at(text, 5)).toBe('M01')
    expect(code_at(text, 1)).toBeUndefined()
  })
})
