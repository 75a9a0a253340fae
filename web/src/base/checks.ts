// Check digits while a person types. The server checks again and is the one that counts; this only saves a walk.
// Every function answers '' for good or a key below `checks.` in messages.zh.json for what is wrong.
// Sources: GB 11643 (citizen number), GB 32100 (credit code), GB/T 37346 (unit number).

export function normalise_code(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u00a0\u200b-\u200d\ufeff]/g, '')
    .toUpperCase()
}

const citizen_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export function citizen_number_fault(input: string, today: Date = new Date()): string {
  const number = normalise_code(input)
  if (number === '') return 'empty'
  if (number.length !== 18) return 'citizen_length'
  if (!/^\d{17}[\dX]$/.test(number)) return 'citizen_letters'
  if (!is_date(number.slice(6, 10), number.slice(10, 12), number.slice(12, 14), today)) return 'citizen_birth_date'
  const sum = citizen_weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  return '10X98765432'[sum % 11] === number[17] ? '' : 'citizen_check'
}

function is_date(year: string, month: string, day: string, today: Date): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return (
    Number(year) >= 1850 &&
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    date.getTime() <= today.getTime()
  )
}

const credit_alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const credit_weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

export function credit_code_fault(input: string): string {
  const code = normalise_code(input)
  if (code === '') return 'empty'
  if (code.length !== 18) return 'credit_length'
  if ([...code].some((letter) => !credit_alphabet.includes(letter))) return 'credit_letters'
  const sum = credit_weights.reduce((total, weight, at) => total + weight * credit_alphabet.indexOf(code[at]!), 0)
  // A remainder of 0 gives 31, which the standard writes as 0.
  return credit_alphabet[(31 - (sum % 31)) % 31] === code[17] ? '' : 'credit_check'
}

export function unit_number_fault(input: string): string {
  const number = normalise_code(input)
  if (number === '') return 'empty'
  if (number.length !== 28) return 'unit_length'
  if (!/^\d{12}/.test(number)) return 'unit_division'
  if (!/^\d{12}[GJZ][ABSXCDEFHGWYLN]/.test(number)) return 'unit_right'
  if (!/^.{14}\d{5}/.test(number)) return 'unit_parcel'
  if (!/^.{19}[FLQW]\d{8}$/.test(number)) return 'unit_fixture'
  return number[19] === 'W' && number.slice(20) !== '00000000' ? 'unit_none' : ''
}

// 310104 019001 GB00045 F00430086, also while it is still being typed.
export function group_unit_number(input: string): string {
  const number = normalise_code(input).slice(0, 28)
  return [number.slice(0, 6), number.slice(6, 12), number.slice(12, 19), number.slice(19)].filter((part) => part).join(' ')
}

export function phone_fault(input: string): string {
  const phone = normalise_code(input)
  if (phone === '') return 'empty'
  return /^1[3-9]\d{9}$/.test(phone) ? '' : 'phone'
}

// Documents without a check digit: letters and digits as printed, of a length that the document has.
export type PrintedDocument = 'travel_permit' | 'passport' | 'permanent_residence'
const printed_lengths: Record<PrintedDocument, readonly [number, number]> = { travel_permit: [8, 11], passport: [5, 15], permanent_residence: [15, 18] }

export function printed_number_fault(document: PrintedDocument, input: string): string {
  const number = normalise_code(input).replaceAll('-', '')
  if (number === '') return 'empty'
  if (!/^[0-9A-Z]+$/.test(number)) return 'printed_letters'
  const [least, most] = printed_lengths[document]
  return number.length >= least && number.length <= most ? '' : 'printed_length'
}

// 1990-01-31 in 370202199001311234; '' while the number is not right.
export function birth_date_of(citizen_number: string): string {
  const number = normalise_code(citizen_number)
  return citizen_number_fault(number) ? '' : `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

// 鲁(2026)历下区不动产权第0000001号, 鲁(2026)历下区不动产证明第0000001号. Any place text before the kind is fine.
export function certificate_number_fault(input: string): string {
  const number = normalise_code(input)
  if (number === '') return 'empty'
  return /^[^()]\(\d{4}\).+(不动产权|不动产证明)第[0-9A-Z]{1,20}号$/u.test(number) ? '' : 'certificate_number'
}

// Which paper a certificate number is of: 不动产权证书 or 不动产登记证明.
export function certificate_kind(number: string): 'title' | 'proof' {
  return number.includes('不动产证明') ? 'proof' : 'title'
}
