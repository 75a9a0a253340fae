import { describe, expect, it } from 'vitest'
import type { Case } from './api'
import { compare_with_register, difference_count, grouped_unit_number, next_mortgage_order, right_named } from './comparison'

const unit = '370102001001GB00001F00010001'
const yes_no = (value: boolean) => (value ? 'yes' : 'no')

type Register = NonNullable<Case['register']>

function mortgage(order: number, state: 'current' | 'terminated', transfer_ban = false): Register['mortgages'][number] {
  return { order, state, transfer_ban, mortgagee: `Bank ${order}`, secured_amount_fen: 1, certificate_number: `C${order}`, registered_at: '2026-01-01T00:00:00Z' }
}

function sheet_with(register: Partial<Register>, application: Partial<NonNullable<Case['application']>> = {}): Case {
  return {
    number: 'TB1', version: 1, state: 'filed', agency: '370102', agency_name: '', collecting: '370202', collecting_name: '',
    collection_number: '', item: 'DY-01', item_name: '', catalog_version: '', materials: [], checks: [], timeline: [], allowed_actions: [],
    parties: [
      { id: 'p1', role: 'mortgagor', kind: 'person', name: 'Wang', document_type: 'citizen_card', number_masked: '370202********1237', phone_masked: '', needs_interview: true, questions: [], answers: [] },
      { id: 'p2', role: 'mortgagee', kind: 'organisation', name: 'Bank', document_type: 'credit_code', number_masked: '', phone_masked: '', needs_interview: false, questions: [], answers: [] },
    ],
    application: {
      unit_number: unit,
      values: { 'mortgage.way': 'general', 'mortgage.secured_amount_fen': 100, 'mortgage.transfer_ban': false },
      ...application,
    },
    register: {
      unit_number: unit, found: true, location: 'here', use: 'home', area: '90', mortgages: [], seizures: [],
      owners: [{ name: 'Wang', number_masked: '370202********1237', share: '', certificate_number: 'T1' }],
      ...register,
    },
  }
}

function row(sheet: Case, field: string) {
  return compare_with_register(sheet, yes_no).find((one) => one.field === field)
}

describe('the application beside the register', () => {
  it('finds no difference when owner and unit agree and nothing stands before', () => {
    const rows = compare_with_register(sheet_with({}), yes_no)
    expect(difference_count(rows)).toBe(0)
    expect(rows.find((one) => one.field === 'mortgage_order')).toMatchObject({ applied: '1', agreement: 'applied_only' })
  })
  it('compares unit numbers without blanks and letter case', () => {
    expect(row(sheet_with({}, { unit_number: '370102 001001 gb00001 F00010001' }), 'unit_number')?.agreement).toBe('same')
  })
  it('marks a unit that the register does not have', () => {
    expect(row(sheet_with({ found: false }), 'unit_number')).toMatchObject({ agreement: 'different', note: 'unit_not_found' })
  })
  it('marks a co-owner who did not apply', () => {
    const owners = [...sheet_with({}).register!.owners, { name: 'Li', number_masked: '370202********2222', share: '', certificate_number: 'T1' }]
    expect(row(sheet_with({ owners }), 'owner')).toMatchObject({ agreement: 'different', note: 'owner_missing' })
  })
  it('marks somebody of the same name with another number', () => {
    const owners = [{ name: 'Wang', number_masked: '370202********9999', share: '', certificate_number: 'T1' }]
    expect(row(sheet_with({ owners }), 'owner')).toMatchObject({ agreement: 'different', note: 'owner_differs' })
  })
  it('puts the new mortgage behind the current ones and shows a transfer ban before it', () => {
    const sheet = sheet_with({ mortgages: [mortgage(1, 'current', true), mortgage(2, 'terminated')] })
    expect(row(sheet, 'mortgage_order')).toMatchObject({ applied: '2', agreement: 'different', note: 'earlier_mortgage' })
    expect(row(sheet, 'transfer_ban')).toMatchObject({ agreement: 'different', note: 'earlier_transfer_ban' })
  })
})

describe('other items than a mortgage', () => {
  const parties = (...roles: [string, string][]) => roles.map(([role, name]) => ({ ...sheet_with({}).parties[0]!, role: role as 'holder', name }))
  const of_item = (item: string, values: NonNullable<Case['application']>['values'], of: Case['parties'], register: Partial<Register> = {}) => ({ ...sheet_with(register, { values }), item, parties: of })
  const fields = (sheet: Case) => compare_with_register(sheet, yes_no).map((one) => one.field)

  it('have no place among the mortgages and no transfer ban', () => {
    const sheet = of_item('BG-02', { 'readdress.new_location': 'there' }, parties(['holder', 'Wang']))
    expect(fields(sheet)).toEqual(['unit_number', 'owner', 'new_location', 'title_certificate', 'area'])
    expect(row(sheet, 'new_location')).toMatchObject({ applied: 'there', registered: 'here', agreement: 'changed' })
    expect(difference_count(compare_with_register(sheet, yes_no))).toBe(0)
  })
  it('do not ask an owner to take part where the item has no such role', () => {
    expect(fields(of_item('DY-03', { target: 'C1' }, parties(['mortgagee', 'Bank 1'], ['new_mortgagee', 'Bank 2'])))).not.toContain('owner')
    expect(fields(of_item('YG-02', { 'mortgage.way': 'general' }, parties(['mortgagor', 'Li'], ['mortgagee', 'Bank'])))).not.toContain('owner')
    expect(fields(of_item('YG-02', { 'mortgage.way': 'general' }, parties(['mortgagor', 'Li'])))).not.toContain('mortgage_order')
  })
  it('find the right that a certificate number names, or say that it is not there', () => {
    const ending = (target: string) => of_item('DY-04', { target }, parties(['mortgagee', 'Bank 1']), { mortgages: [mortgage(1, 'current')] })
    expect(row(ending(' c１'), 'target')).toMatchObject({ agreement: 'same', registered: 'mortgage · Bank 1' })
    expect(row(ending('C9'), 'target')).toMatchObject({ agreement: 'different', note: 'target_not_found' })
    const ended = of_item('DY-04', { target: 'C1' }, parties(['mortgagee', 'Bank 1']), { mortgages: [mortgage(1, 'terminated')] })
    expect(row(ended, 'target')).toMatchObject({ agreement: 'different', note: 'target_ended' })
    expect(row({ ...ended, entry: { mortgage_order: 0, registrar: '', registered_at: '' } }, 'target')).toMatchObject({ agreement: 'same' })
    expect(right_named(sheet_with({}).register!, 'T1')).toMatchObject({ kind: 'ownership', holders: ['Wang'] })
  })
  it('compare the holder of a proof with the right it proves, not with the owner', () => {
    const sheet = of_item('BZ-01', { target: 'C1' }, parties(['holder', 'Bank 1']), { mortgages: [mortgage(1, 'current')] })
    expect(row(sheet, 'owner')).toMatchObject({ agreement: 'same', registered: 'Bank 1' })
    expect(row({ ...sheet, parties: parties(['holder', 'Bank 2']) }, 'owner')).toMatchObject({ agreement: 'different' })
  })
  it('show a change beside what the register says now', () => {
    const sheet = of_item('DY-02', { target: 'C1', 'alteration.secured_amount_fen': 250000 }, parties(['mortgagor', 'Wang']), { mortgages: [mortgage(1, 'current')] })
    expect(row(sheet, 'secured_amount_fen')).toEqual({ field: 'secured_amount_fen', applied: '2,500.00', registered: '0.01', agreement: 'changed' })
    const renamed = of_item('BG-01', { 'rename.kind': 'name', 'rename.new_name': 'Wang Xin' }, parties(['holder', 'Wang Xin']))
    expect(row(renamed, 'owner')).toMatchObject({ agreement: 'changed', note: 'renamed' })
    expect(row(renamed, 'new_name')).toMatchObject({ applied: 'Wang Xin', registered: 'Wang' })
  })
})

describe('next_mortgage_order', () => {
  it('is one behind the last that stands', () => {
    expect(next_mortgage_order([])).toBe(1)
    expect(next_mortgage_order([mortgage(3, 'current'), mortgage(1, 'current')])).toBe(4)
    expect(next_mortgage_order([mortgage(1, 'terminated')])).toBe(1)
  })
})

describe('grouped_unit_number', () => {
  it('groups 6 6 7 9 and leaves anything else alone', () => {
    expect(grouped_unit_number(unit)).toBe('370102 001001 GB00001 F00010001')
    expect(grouped_unit_number('123')).toBe('123')
  })
})
