import { describe, expect, it } from 'vitest'
import { age_on, form_facts, is_younger, material_facts, party_facts, type FormField } from './facts'
import { filled, judge_rules, type Rule } from './rules'

const today = '2026-11-24'

describe('facts of the parties', () => {
  const facts = party_facts(
    [
      { id: '1', role: 'buyer', kind: 'person', birth_date: '1990-01-31' },
      { id: '2', role: 'buyer', kind: 'person', birth_date: '2020-05-01' },
      { id: '3', role: 'seller', kind: 'organisation' },
      { id: '4', role: 'guardian', kind: 'person', birth_date: '1991-01-31', represents: '2' },
      { id: '5', role: 'agent', kind: 'person', birth_date: '1980-01-31' },
    ],
    today,
  )
  it('count roles, and kinds without those who act for another', () => {
    expect([...facts].filter(([, value]) => value !== 0)).toEqual([
      ['count.seller', 1], ['count.buyer', 2], ['count.agent', 1], ['count.guardian', 1],
      ['count.person', 2], ['count.organisation', 1], ['count.minor', 1], ['count.paper_power', 1], ['count.single_guardian', 1], ['count.child', 1],
    ])
  })
  it('know the day somebody comes of age', () => {
    expect(is_younger('2008-11-24', 18, today)).toBe(false)
    expect(is_younger('2008-11-25', 18, today)).toBe(true)
    expect(is_younger(undefined, 18, today)).toBe(false)
    expect(age_on('2008-11-25', today)).toBe(17)
    expect(age_on('2008-11-24', today)).toBe(18)
  })
})

it('a material counts once it has pages that did not fail', () => {
  const page = {} as never
  const facts = material_facts([
    { code: 'M01', pages: [], check: 'unchecked' },
    { code: 'M02', pages: [page], check: 'unchecked' },
    { code: 'M03', pages: [page], check: 'failed' },
  ])
  expect([...facts.values()]).toEqual([false, true, false])
})

const field = (key: string, kind: FormField['kind'], rest: Partial<FormField> = {}): FormField => ({ key, label: key, kind, required: true, ...rest })
const is_maximum = { op: '=', of: [{ fact: 'way' }, { value: 'maximum' }] } as const
const fields = [
  field('way', 'choice'),
  field('earlier', 'yes_no', { when: is_maximum as never, required: false }),
  field('sum', 'money', { when: { fact: 'earlier' } }),
]

describe('facts of the form', () => {
  it('ask a field only while its condition holds, also over a field that is not asked itself', () => {
    expect(form_facts(fields, {}, new Map()).asked.map((one) => one.key)).toEqual(['way'])
    expect(form_facts(fields, { way: 'maximum', earlier: true }, new Map()).asked.map((one) => one.key)).toEqual(['way', 'earlier', 'sum'])
    const back = form_facts(fields, { way: 'general', earlier: true, sum: 5 }, new Map())
    expect(back.asked.map((one) => one.key)).toEqual(['way'])
    expect(back.facts.get('sum')).toBe(0)
  })
  it('do not let a rule judge what is not answered yet', () => {
    const { facts, judged } = form_facts(fields, {}, new Map())
    expect(facts.get('way')).toBe('')
    expect(judged.has('way')).toBe(false)
    expect(judged.get('earlier')).toBe(false)
  })
})

describe('rules while the form is filled in', () => {
  const rule = (rest: Partial<Rule>): Rule => ({ id: 'R-1', severity: 'block', when: { fact: 'bad' }, passed: 'fine', failed: 'bad: {n}', source: 'law', ...rest })
  it('say what the server says', () => {
    expect(judge_rules([rule({ field: '/way' })], new Map<string, boolean | number>([['bad', true], ['n', 3]]))).toEqual([
      { rule: 'R-1', severity: 'block', passed: false, message: 'bad: 3', source: 'law', field: '/way' },
    ])
    expect(judge_rules([rule({})], new Map([['bad', false]]))[0]).toMatchObject({ passed: true, message: 'fine' })
  })
  it('are excused by their unless, and left out when they cannot be judged', () => {
    const excusable = rule({ unless: { fact: 'material.M18' } })
    expect(judge_rules([excusable], new Map([['bad', true], ['material.M18', true]]))[0]?.passed).toBe(true)
    expect(judge_rules([excusable], new Map([['bad', true], ['material.M18', false]]))[0]?.passed).toBe(false)
    expect(judge_rules([excusable], new Map([['bad', true]]))).toEqual([])
    expect(judge_rules([excusable], new Map([['material.M18', true]]))[0]?.passed).toBe(true)
    expect(judge_rules([rule({})], new Map())).toEqual([])
  })
  it('fill in yes, no and what is not known', () => {
    expect(filled('{a} {b} {c}', new Map([['a', true], ['b', false]]))).toBe('是 否 …')
  })
})
