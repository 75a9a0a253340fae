import { describe, expect, it } from 'vitest'
import type { Party, PartyRole } from '@/base/api'
import { acting_person_needed, birth_date, kinds_of, next_party, number_fault, principals, role_needs, roles_of, usual_kind, type RoleRule } from './parties'

const today = '2026-11-24'
const rule = (role: string, min = 1, max = 2, kinds: RoleRule['kinds'] = ['person', 'organisation']): RoleRule => ({ role, min, max, kinds })
const party = (id: string, role: PartyRole, rest: Partial<Party> = {}): Party => ({
  id, role, kind: 'person', name: id, document_type: 'citizen_card', number_masked: '', phone_masked: '', needs_interview: true, questions: [], answers: [], birth_date: '1980-01-01', ...rest,
})
const roles = [rule('seller', 0, 20, ['organisation']), rule('buyer')]

describe('the roles of an item', () => {
  it('say who is still needed and which role is full', () => {
    expect(role_needs({ roles, agents: true, parties: [] })).toEqual([
      { role: 'seller', present: 0, lacking: 0, full: false },
      { role: 'buyer', present: 0, lacking: 1, full: false },
    ])
    expect(role_needs({ roles, agents: true, parties: [party('a', 'buyer'), party('b', 'buyer')] })[1]).toEqual({ role: 'buyer', present: 2, lacking: 0, full: true })
  })
  it('are followed by agent and guardian', () => {
    expect(roles_of({ roles, agents: true, parties: [] })).toEqual(['seller', 'buyer', 'agent', 'guardian'])
    expect(roles_of({ roles, agents: false, parties: [] })).toEqual(['seller', 'buyer', 'guardian'])
  })
  it('allow kinds of parties', () => {
    expect(kinds_of('seller', roles)).toEqual(['organisation'])
    expect(kinds_of('agent', roles)).toEqual(['person'])
    expect(usual_kind('buyer', roles)).toBe('person')
    expect(usual_kind('mortgagee', [rule('mortgagee')])).toBe('organisation')
    expect(usual_kind('mortgagee', [rule('mortgagee', 1, 1, ['person'])])).toBe('person')
  })
})

describe('acting for another', () => {
  const child = party('child', 'buyer', { birth_date: '2015-03-01' })
  const firm = party('firm', 'seller', { kind: 'organisation', birth_date: undefined })
  it('is needed by organisations and minors until somebody does', () => {
    expect(acting_person_needed(firm, [firm], today)).toBe('agent')
    expect(acting_person_needed(child, [child], today)).toBe('guardian')
    expect(acting_person_needed(child, [child, party('mother', 'guardian', { represents: 'child' })], today)).toBeUndefined()
    expect(acting_person_needed(child, [child, party('lawyer', 'agent', { represents: 'child' })], today)).toBe('guardian')
    expect(acting_person_needed(party('adult', 'buyer'), [], today)).toBeUndefined()
  })
  it('is possible for those who are there', () => {
    const mother = party('mother', 'guardian', { represents: 'child' })
    const lawyer = party('lawyer', 'agent', { represents: 'mother' })
    const all = [child, firm, mother, lawyer]
    expect(principals('agent', all).map((one) => one.id)).toEqual(['child', 'firm', 'mother'])
    expect(principals('guardian', all).map((one) => one.id)).toEqual(['child'])
    expect(principals('agent', all, 'firm').map((one) => one.id)).toEqual(['child', 'mother'])
  })
  it('comes after the parties themselves', () => {
    const sitting = { roles: [rule('seller', 1, 20, ['organisation']), rule('buyer')], agents: true, parties: [] as Party[] }
    expect(next_party(sitting, false, today)).toEqual({ role: 'seller', represents: '' })
    expect(next_party(sitting, true, today)).toEqual({ role: 'buyer', represents: '' })
    expect(next_party({ ...sitting, parties: [firm, child] }, false, today)).toEqual({ role: 'agent', represents: 'firm' })
    const agent = party('clerk', 'agent', { represents: 'firm' })
    expect(next_party({ ...sitting, parties: [firm, child, agent] }, true, today)).toEqual({ role: 'guardian', represents: 'child' })
    expect(next_party({ ...sitting, agents: false, parties: [firm, child] }, false, today)).toEqual({ role: 'guardian', represents: 'child' })
  })
})

describe('documents', () => {
  it.each([
    ['citizen_card', '11010519491231002X', ''],
    ['residence_permit', '11010519491231002X', ''],
    ['residence_permit', '110105194912310021', 'citizen_check'],
    ['passport', 'e1234567', ''],
    ['passport', '护照123456', 'printed_letters'],
    ['passport', '1234', 'printed_length'],
    ['travel_permit', 'H12345678', ''],
    ['travel_permit', 'H123', 'printed_length'],
    ['permanent_residence', '911124198108030024', ''],
    ['permanent_residence', 'USA1234567890', 'printed_length'],
    ['credit_code', '', 'empty'],
  ] as const)('%s %s → %s', (document, number, fault) => expect(number_fault(document, number)).toBe(fault))
  it('tell the date of birth only in a citizen number', () => {
    expect(birth_date('citizen_card', '11010519491231002X', '')).toBe('1949-12-31')
    expect(birth_date('citizen_card', '1101051949', '')).toBe('')
    expect(birth_date('passport', 'E1234567', '1990-02-03')).toBe('1990-02-03')
  })
})
