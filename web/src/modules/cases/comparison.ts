// The application beside the register: one row per field, with what each side says and whether they agree. Which rows there
// are hangs on what was applied for, not on the item, so a new item needs no code here. Pure, so that "is there a
// difference" has one answer and a test. The verdict is a proposal to the registrar; the binding checks are the server's rules.
import { fen_to_yuan } from '@/base/money'
import type { Case } from './api'

// changed: the application asks the register to say something new.
export type Agreement = 'same' | 'different' | 'changed' | 'applied_only' | 'registered_only'

export interface ComparedField {
  field: string // key under cases.field in the messages
  applied: string
  registered: string
  agreement: Agreement
  note?: string // key under cases.field_note
}

type Register = NonNullable<Case['register']>
type Mortgage = Register['mortgages'][number]

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

// Does the case enter a mortgage behind the others? A pre-notice of one (预告) has the same fields and gets no place.
export function enters_mortgage(sheet: Case): boolean {
  return sheet.item.startsWith('DY') && sheet.application?.values['mortgage.way'] !== undefined
}

export interface NamedRight {
  kind: 'ownership' | 'mortgage' | 'sale_notice' | 'mortgage_notice'
  holders: string[]
  ended: boolean
  mortgage?: Mortgage
}

// Numbers are compared as the paper prints and people type them: half or full width, with blanks or without.
function plain_certificate(number: string): string {
  return number.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

// The right that a certificate number names, among what the register shows.
export function right_named(register: Register, number: string): NamedRight | undefined {
  const wanted = plain_certificate(number)
  const is_named = (right: { certificate_number: string }) => plain_certificate(right.certificate_number) === wanted
  const owners = register.owners.filter(is_named)
  if (owners.length > 0) return { kind: 'ownership', holders: owners.map((owner) => owner.name), ended: false }
  const mortgage = register.mortgages.find(is_named)
  if (mortgage) return { kind: 'mortgage', holders: [mortgage.mortgagee], ended: mortgage.state !== 'current', mortgage }
  const notice = register.pre_notices?.find(is_named)
  return notice && { kind: `${notice.kind}_notice`, holders: [notice.holder], ended: notice.state !== 'current' }
}

// Whoever gives a right away or keeps it must be registered as its holder.
const registered_roles = ['mortgagor', 'seller', 'holder'] as const

function holder_row(sheet: Case, found: Register | undefined, target: NamedRight | undefined): ComparedField | undefined {
  const values = sheet.application?.values ?? {}
  // Who mortgages a home that he only has a pre-notice for is no owner yet.
  if (!sheet.item.startsWith('DY') && values['mortgage.way'] !== undefined) return undefined
  const applying = sheet.parties.filter((party) => (registered_roles as readonly string[]).includes(party.role))
  if (applying.length === 0) return undefined
  const of_target = target !== undefined && target.kind !== 'ownership' && applying.every((party) => party.role === 'holder')
  const applied = of_target ? applying.map((party) => party.name.trim()) : people(applying)
  const registered = of_target ? target.holders : found ? people(found.owners) : []
  const row = { field: 'owner', applied: applied.join('、'), registered: registered.join('、') }
  if (same_people(applied, registered)) return { ...row, agreement: 'same' }
  if (values['rename.kind'] !== undefined && registered.length > 0) return { ...row, agreement: 'changed', note: 'renamed' }
  return { ...row, agreement: 'different', note: registered.length > applied.length ? 'owner_missing' : 'owner_differs' }
}

// Fields by which the register is asked to say something new, with what it says now.
const changes: Record<string, (register: Register, target: NamedRight | undefined) => string> = {
  'readdress.new_location': (register) => register.location,
  'rename.new_name': (register) => register.owners.map((owner) => owner.name).join('、'),
  'alteration.secured_amount_fen': (_, target) => (target?.mortgage ? fen_to_yuan(target.mortgage.secured_amount_fen) : ''),
  'alteration.debt_to': (_, target) => target?.mortgage?.term_to ?? '',
}

function mortgage_rows(sheet: Case, found: Register | undefined, yes_no: (value: boolean) => string): ComparedField[] {
  // After the entry the register holds this very mortgage; it is compared with what stood before it.
  const own = sheet.certificate?.number
  const standing = found ? found.mortgages.filter((m) => m.state === 'current' && m.certificate_number !== own) : []
  const banned = standing.some((m) => m.transfer_ban === true)
  return [
    {
      field: 'mortgage_order',
      applied: String(sheet.entry?.mortgage_order || next_mortgage_order(standing)),
      registered: standing.map((m) => `${m.order} · ${m.mortgagee}`).join('；'),
      agreement: standing.length === 0 ? 'applied_only' : 'different',
      ...(standing.length === 0 ? {} : { note: 'earlier_mortgage' }),
    },
    {
      field: 'transfer_ban',
      applied: yes_no(sheet.application?.values['mortgage.transfer_ban'] === true),
      registered: standing.length === 0 ? '' : yes_no(banned),
      // Two mortgages may differ in this; only an earlier ban concerns the new one.
      agreement: banned ? 'different' : 'applied_only',
      ...(banned ? { note: 'earlier_transfer_ban' } : {}),
    },
  ]
}

// `right_name`: the kind of a right in words.
export function compare_with_register(sheet: Case, yes_no: (value: boolean) => string, right_name: (kind: NamedRight['kind']) => string = String): ComparedField[] {
  const application = sheet.application
  const values = application?.values ?? {}
  const found = sheet.register?.found === true ? sheet.register : undefined
  const rows: ComparedField[] = []

  if (application) {
    const applied = plain_unit_number(application.unit_number)
    const registered = found ? plain_unit_number(found.unit_number) : ''
    rows.push({
      field: 'unit_number',
      applied: grouped_unit_number(applied),
      registered: grouped_unit_number(registered),
      agreement: applied === registered ? 'same' : 'different',
      ...(found ? {} : { note: 'unit_not_found' }),
    })
  }

  const target_number = typeof values.target === 'string' ? values.target : ''
  const target = found && target_number ? right_named(found, target_number) : undefined
  if (target_number) {
    // After the entry the case itself may have ended the right.
    const gone = !target || (target.ended && !sheet.entry)
    rows.push({
      field: 'target',
      applied: target_number,
      registered: target ? `${right_name(target.kind)} · ${target.holders.join('、')}` : '',
      agreement: gone ? 'different' : 'same',
      ...(gone ? { note: target ? 'target_ended' : 'target_not_found' } : {}),
    })
  }

  const holder = holder_row(sheet, found, target)
  if (holder) rows.push(holder)

  if (found) {
    for (const [key, now] of Object.entries(changes)) {
      const value = values[key]
      if (value === undefined || value === null || value === '') continue
      rows.push({ field: key.slice(key.indexOf('.') + 1), applied: key.endsWith('_fen') ? fen_to_yuan(Number(value)) : String(value), registered: now(found, target), agreement: 'changed' })
    }
    const certificates = [...new Set(found.owners.map((o) => o.certificate_number))].join('、')
    rows.push({ field: 'title_certificate', applied: '', registered: certificates, agreement: 'registered_only' })
    if (values['readdress.new_location'] === undefined) rows.push({ field: 'location', applied: '', registered: found.location, agreement: 'registered_only' })
    rows.push({ field: 'area', applied: '', registered: found.area, agreement: 'registered_only' })
  }
  if (enters_mortgage(sheet)) rows.push(...mortgage_rows(sheet, found, yes_no))
  return rows
}

export function difference_count(rows: readonly ComparedField[]): number {
  return rows.filter((r) => r.agreement === 'different').length
}
