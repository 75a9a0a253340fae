import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import type { Material, RuleResult } from './api'
import { all_leaves, first_unresolved, line_mark, preview_url } from './leaves'
import { use_queue_memory } from './queue_memory'
import { days_until, due_tone, is_list, own_queue, own_queues, answer_tone } from './queues'
import { refusal_kind, wants_reload } from './refusals'
import { blocking, rules_in_order, to_confirm } from './rules'

function material(code: string, change: Partial<Material> = {}, leaves: number[] = []): Material {
  return {
    code, title: code, requirement: 'required', forms: ['original'], must_not_demand: false, remark: '', required_now: false,
    form: 'original', copies: 1, check: 'unchecked',
    pages: leaves.map((count, index) => ({
      id: `${code}-${index}`, name: 'n', kind: count > 1 ? 'pdf' : 'jpeg', bytes: 1, digest: '', leaves: count, rotation: 0,
      added_at: '2026-01-01T00:00:00Z', added_by: '',
    })),
    ...change,
  }
}

describe('pages as one sequence', () => {
  it('counts the leaves of PDFs and runs over the lines', () => {
    const list = all_leaves({ materials: [material('M1', {}, [1, 3]), material('M2'), material('M3', {}, [1])] })
    expect(list.map((leaf) => `${leaf.page}/${leaf.leaf} ${leaf.position}of${leaf.positions}`)).toEqual([
      'M1-0/1 1of4', 'M1-1/1 2of4', 'M1-1/2 3of4', 'M1-1/3 4of4', 'M3-0/1 1of1',
    ])
  })
  it('opens the line that needs a look first', () => {
    const passed = material('M1', { check: 'passed' }, [1])
    expect(first_unresolved([passed, material('M2', { required_now: true }), material('M3', { check: 'failed' }, [1])])).toBe('M3')
    expect(first_unresolved([passed, material('M2', { required_now: true })])).toBe('M2')
    expect(first_unresolved([passed, material('M2')])).toBe('M1')
    expect(first_unresolved([])).toBeUndefined()
  })
  it('marks a line', () => {
    expect(line_mark(material('M', { required_now: true }))).toBe('missing')
    expect(line_mark(material('M'))).toBe('none')
    expect(line_mark(material('M', { must_not_demand: true }))).toBe('forbidden')
    expect(line_mark(material('M', { check: 'passed' }, [1]))).toBe('passed')
    expect(line_mark(material('M', { check: 'failed' }, [1]))).toBe('failed')
    expect(line_mark(material('M', {}, [1]))).toBe('unchecked')
  })
  it('escapes what goes into a URL', () => {
    expect(preview_url('TB/1', 'p', 2, 1200)).toBe('/api/v1/cases/TB%2F1/pages/p/preview?leaf=2&width=1200')
  })
})

describe('queues', () => {
  it('opens on the work of the duty, the earliest step first', () => {
    expect(own_queue(['registrar', 'acceptor'])).toBe('acceptance')
    expect(own_queue(['registrar'])).toBe('registration')
    expect(own_queue([])).toBe('acceptance')
    expect(own_queues(['reviewer', 'registrar'])).toEqual(['review', 'registration'])
    expect(is_list('done')).toBe(true)
    expect(is_list('everything')).toBe(false)
  })
  it('counts days in Chinese time', () => {
    const late_evening_utc = new Date('2026-11-23T17:00:00Z') // 24 November, 01:00 in China
    expect(days_until('2026-11-24', late_evening_utc)).toBe(0)
    expect(due_tone('2026-11-24', late_evening_utc)).toBe('soon')
    expect(due_tone('2026-11-23', late_evening_utc)).toBe('late')
    expect(due_tone('2026-11-25', late_evening_utc)).toBe('calm')
  })
  it('shows how long a package waits', () => {
    expect(answer_tone('in_time')).toBe('calm')
    expect(answer_tone('warning')).toBe('soon')
    expect(answer_tone('overdue')).toBe('late')
  })
})

describe('what comes next', () => {
  it('goes on from the case just decided, and from the end back to what is left', () => {
    setActivePinia(createPinia())
    const memory = use_queue_memory()
    memory.remember('acceptance', ['A', 'B', 'C'])
    memory.done('B')
    expect(memory.after('B')).toBe('C')
    memory.done('C')
    expect(memory.after('C')).toBe('A')
    memory.done('A')
    expect(memory.after('A')).toBeUndefined()
    expect(memory.after('elsewhere')).toBeUndefined()
  })
})

describe('the rules of a case', () => {
  const rule = (id: string, severity: RuleResult['severity'], passed: boolean): RuleResult => ({ rule: id, severity, passed, message: '', source: '' })
  const list = [rule('PRE-01', 'block', true), rule('PRE-04', 'inform', false), rule('PRE-03', 'confirm', false), rule('PRE-02', 'block', false)]

  it('shows first what stands in the way', () => {
    expect(rules_in_order(list).map((one) => one.rule)).toEqual(['PRE-02', 'PRE-03', 'PRE-04', 'PRE-01'])
    expect(blocking(list).map((one) => one.rule)).toEqual(['PRE-02'])
    expect(to_confirm(list).map((one) => one.rule)).toEqual(['PRE-03'])
    expect(to_confirm(list, ['PRE-03'])).toEqual([])
    expect(to_confirm(list, ['PRE-08']).map((one) => one.rule)).toEqual(['PRE-03'])
  })
})

describe('what a refusal means', () => {
  it.each([
    [412, 'cases.changed_meanwhile', 'stale', true],
    [409, 'cases.already_registered', 'already_registered', true],
    [409, 'cases.blocked', 'blocked', true],
    [403, 'cases.same_person', 'same_person', false],
    [401, 'access.not_signed_in', 'signed_out', false],
    [503, 'base.unavailable', 'later', false],
    [0, 'web.offline', 'later', false],
    [409, 'cases.action_not_allowed', 'stale', true],
    [403, 'cases.wrong_duty', 'other', false],
  ] as const)('%i %s → %s', (status, code, kind, reload) => {
    expect(refusal_kind(status, code)).toBe(kind)
    expect(wants_reload(kind)).toBe(reload)
  })
})
