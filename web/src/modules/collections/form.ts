// The application form: what was typed beside what is stored, field by field. Typed values are text; what is sent has the
// kind that the item's data say. The server checks again and is the one that counts.
import { certificate_number_fault, normalise_code } from '@/base/checks'
import type { FormField, FormValue } from '@/base/facts'
import { t } from '@/base/i18n'
import { fen_to_yuan, yuan_to_fen } from '@/base/money'
import type { Application } from './api'

export type Typed = Record<string, string>
export type Values = Record<string, FormValue | undefined>

export function typed_value(field: FormField, stored: FormValue | null | undefined): string {
  if (stored === undefined || stored === null) return ''
  if (field.kind === 'money') return stored === 0 ? '' : fen_to_yuan(Number(stored))
  if (field.kind === 'yes_no') return stored ? 'yes' : 'no'
  return String(stored)
}

export function typed_form(fields: readonly FormField[], application: Application | undefined): Typed {
  return Object.fromEntries(fields.map((field) => [field.key, typed_value(field, application?.values[field.key])]))
}

// What was typed, as it is sent; undefined when nothing was typed or it cannot be read.
export function read_value(field: FormField, typed: string): FormValue | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  switch (field.kind) {
    case 'yes_no':
      return text === 'yes'
    case 'money':
      return yuan_to_fen(text) || undefined
    case 'integer': {
      const digits = text.normalize('NFKC')
      return /^\d{1,10}$/.test(digits) && Number(digits) <= (field.max ?? 1_000_000_000) ? Number(digits) : undefined
    }
    case 'entry':
      return normalise_code(text)
    default:
      return text.normalize('NFC')
  }
}

export function read_form(fields: readonly FormField[], typed: Typed): Values {
  return Object.fromEntries(fields.map((field) => [field.key, read_value(field, typed[field.key] ?? '')]))
}

// What is wrong with something typed; '' when it is right or empty.
function wrong(field: FormField, typed: string): string {
  if (typed.trim() === '') return ''
  switch (field.kind) {
    case 'money':
      return yuan_to_fen(typed) ? '' : t('collections.amount_fault')
    case 'integer':
      return read_value(field, typed) === undefined ? t(field.max ? 'collections.integer_fault_max' : 'collections.integer_fault', { max: field.max }) : ''
    case 'entry': {
      const fault = certificate_number_fault(typed)
      return fault && t(`checks.${fault}`)
    }
    default:
      return ''
  }
}

export interface FormFaults {
  wrong: Record<string, string> // cannot be sent like this
  open: Record<string, string> // not answered yet; the form may be saved half done
}

// `asked`: the fields of this case. By key.
export function form_faults(asked: readonly FormField[], typed: Typed): FormFaults {
  const faults: FormFaults = { wrong: {}, open: {} }
  for (const field of asked) {
    const text = typed[field.key] ?? ''
    const fault = wrong(field, text)
    if (fault) faults.wrong[field.key] = fault
    else if (field.required && text.trim() === '') faults.open[field.key] = t(field.kind === 'yes_no' ? 'collections.yes_no_fault' : 'collections.required_fault', { label: field.label })
    const earlier = field.not_before ? (typed[field.not_before] ?? '') : ''
    if (text && earlier && text < earlier)
      faults.wrong[field.key] = t('collections.before_fault', { label: field.label, other: asked.find((one) => one.key === field.not_before)?.label ?? '' })
  }
  return faults
}

// Only fields that this case asks for are sent.
export function application_of(unit: string, asked: readonly FormField[], typed: Typed): Application {
  const values: Application['values'] = {}
  for (const field of asked) {
    const value = read_value(field, typed[field.key] ?? '')
    if (value !== undefined) values[field.key] = value
  }
  return { unit_number: normalise_code(unit), values }
}

// Few alternatives side by side, many in a list.
export const as_list = (field: FormField): boolean => (field.options?.length ?? 0) > 6
// A field that wants the whole width.
export function is_wide(field: FormField): boolean {
  const words = (field.options ?? []).reduce((sum, option) => sum + option.text.length + 4, 0)
  return field.kind === 'long_text' || field.kind === 'entry' || (field.kind === 'choice' && !as_list(field) && words > 28)
}

// The value as people read it; '' when it was left out.
export function shown_value(field: FormField, stored: FormValue | null | undefined): string {
  if (stored === undefined || stored === null || stored === '') return ''
  if (field.kind === 'money') return `${fen_to_yuan(Number(stored))} ${t('collections.yuan')}`
  if (field.kind === 'yes_no') return t(stored ? 'base.yes' : 'base.no')
  return field.options?.find((option) => option.value === stored)?.text ?? String(stored)
}
