// The application beside the register: one row per field, with what each side says and whether they agree.
// Pure, so that "is there a difference" has one answer and a test. The verdict is a proposal to the registrar; the
// binding checks are the rules the server runs.
import type { Case } from './api'

export type Agreement = 'same' | 'different' | 'applied_only' | 'registered_only'

export interface ComparedField {
  field: string // key under cases.field in the messages
  applied: string
  registered: string
  agreement: Agreement
  note?: string // key under cases.field_note
}

type Mortgage = NonNullable<NonNullable<Case['register']>['mortgages']>[number]

// The order a mortgage entered now would get: one behind the last one that still stands (民法典 414).
export function next_mortgage_order(mortgages: readonly Mortgage[]): number {
  return mortgages.filter((m) => m.state === 'current').reduce((last, m) => Math.max(last, m.order), 0) + 1
}

// Unit numbers are compared without the blanks people type and paper prints.
export function plain_unit_number(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase()
}

// 370102001001GB00001F00010001 → "370102 001001 GB00001 F00010001", as printed on certificates.
export function grouped_unit_number(text: string): string {
  const plain = plain_unit_number(text)
  if (plain.length !== 28) return plain
  return [plain.slice(0, 6), plain.slice(6, 12), plain.slice(12, 19), plain.slice(19)].join(' ')
}

function people(list: readonly { name: string; number_masked: string }[]): string[] {
  return list.map((p) => `${p.name.trim()} ${p.number_masked}`.trim())
}

function same_people(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n')
}

export function compare_with_register(sheet: Case, yes_no: (value: boolean) => string): ComparedField[] {
  const application = sheet.application
  const register = sheet.register
  const found = register?.found === true
  const rows: ComparedField[] = []

  if (application) {
    const applied = plain_unit_number(application.unit_number)
    const registered = found ? plain_unit_number(register.unit_number) : ''
    rows.push({
      field: 'unit_number',
      applied: grouped_unit_number(applied),
      registered: grouped_unit_number(registered),
      agreement: applied === registered ? 'same' : 'different',
      ...(found ? {} : { note: 'unit_not_found' }),
    })
  }

  const mortgagors = people(sheet.parties.filter((p) => p.role === 'mortgagor'))
  const owners = found ? people(register.owners) : []
  const agree = same_people(mortgagors, owners)
  rows.push({
    field: 'owner',
    applied: mortgagors.join('、'),
    registered: owners.join('、'),
    agreement: agree ? 'same' : 'different',
    ...(agree ? {} : { note: owners.length > mortgagors.length ? 'owner_missing' : 'owner_differs' }),
  })

  if (found) {
    const certificates = [...new Set(register.owners.map((o) => o.certificate_number))].join('、')
    rows.push({ field: 'title_certificate', applied: '', registered: certificates, agreement: 'registered_only' })
    rows.push({ field: 'location', applied: '', registered: register.location, agreement: 'registered_only' })
    rows.push({ field: 'area', applied: '', registered: register.area, agreement: 'registered_only' })
  }

  const mortgage = application?.mortgage
  if (mortgage) {
    // After the entry the register holds this very mortgage; it is compared with what stood before it.
    const own = sheet.certificate?.number
    const standing = found ? register.mortgages.filter((m) => m.state === 'current' && m.certificate_number !== own) : []
    rows.push({
      field: 'mortgage_order',
      applied: String(sheet.entry?.mortgage_order ?? next_mortgage_order(standing)),
      registered: standing.map((m) => `${m.order} · ${m.mortgagee}`).join('；'),
      agreement: standing.length === 0 ? 'applied_only' : 'different',
      ...(standing.length === 0 ? {} : { note: 'earlier_mortgage' }),
    })
    const banned = standing.some((m) => m.transfer_ban === true)
    rows.push({
      field: 'transfer_ban',
      applied: yes_no(mortgage.transfer_ban),
      registered: standing.length === 0 ? '' : yes_no(banned),
      // Two mortgages may differ in this; only an earlier ban concerns the new one.
      agreement: banned ? 'different' : 'applied_only',
      ...(banned ? { note: 'earlier_transfer_ban' } : {}),
    })
  }
  return rows
}

export function difference_count(rows: readonly ComparedField[]): number {
  return rows.filter((r) => r.agreement === 'different').length
}
