import { describe, expect, it } from 'vitest'
import type { Case } from './api'
import { compare_with_register, difference_count, grouped_unit_number, next_mortgage_order } from './comparison'

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
      { id: 'p1', role: 'mortgagor', kind: 'person', name: 'Wang', document_type: 'citizen_card', number_masked: '370202********1237', phone_masked: '', needs_interview: true, answers: [] },
      { id: 'p2', role: 'mortgagee', kind: 'organisation', name: 'Bank', document_type: 'credit_code', number_masked: '', phone_masked: '', needs_interview: false, answers: [] },
    ],
    application: {
      unit_number: unit,
      mortgage: { way: 'general', secured_amount_fen: 100, debt_from: '2026-01-01', debt_to: '2036-01-01', scope: '', transfer_ban: false, contract_number: '' },
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
