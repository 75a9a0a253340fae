// The vectors of domain.md chapter 3; the C++ side is tested with the same ones.
import { describe, expect, it } from 'vitest'
import { birth_date_of, certificate_kind, certificate_number_fault, citizen_number_fault, credit_code_fault, group_unit_number, phone_fault, unit_number_fault } from './checks'

const day = new Date('2026-01-01T00:00:00Z')

describe('citizen number (GB 11643)', () => {
  it.each([
    ['11010519491231002X', ''],
    ['370102190003071237', ''],
    ['37010219000101006X', ''],
    ['37010219000101006x', ''],
    ['370102 19000101 006x', ''],
    ['370102200002290004', ''],
    ['370102201506010007', ''],
    ['370614190006150056', ''],
    ['810000190001010018', ''],
    ['830000190001010011', ''],
    ['370202190002290011', 'citizen_birth_date'],
    ['370102190003071238', 'citizen_check'],
    ['130503670401001', 'citizen_length'],
    ['3701021900030712AB', 'citizen_letters'],
    ['370102299901010011', 'citizen_birth_date'],
    ['', 'empty'],
  ])('%s → %s', (number, fault) => expect(citizen_number_fault(number, day)).toBe(fault))
})

describe('unified social credit code (GB 32100)', () => {
  it.each([
    ['11100000MB03271699', ''],
    ['11100000000013338W', ''],
    ['11370800MB28559184', ''],
    ['11430000006122244L', ''],
    ['91350100M000100Y43', ''],
    ['91370100MA3C000465', ''],
    ['91370100MA3C000540', ''],
    ['91370100ma3c000540', ''],
    ['91370100MA3C000466', 'credit_check'],
    ['91370100MA3C00054O', 'credit_letters'],
    ['91370100MA3C0005', 'credit_length'],
  ])('%s → %s', (code, fault) => expect(credit_code_fault(code)).toBe(fault))
})

describe('unit number (GB/T 37346)', () => {
  it.each([
    ['310104019001GB00045F00430086', ''],
    ['310104 019001 GB00045 F00430086', ''],
    ['152201009009GB00054F03031101', ''],
    ['320311001021GB00233F00010013', ''],
    ['320311001021gb00233f00010013', ''],
    ['320311001021GB00233W00000000', ''],
    ['320311001021GB00233W00000001', 'unit_none'],
    ['320311001021GB00233F0001001', 'unit_length'],
    ['320311001021GB00233F0001001A', 'unit_fixture'],
    ['32031100102XGB00233F00010013', 'unit_division'],
    ['320311001021QB00233F00010013', 'unit_right'],
  ])('%s → %s', (number, fault) => expect(unit_number_fault(number)).toBe(fault))

  it('is blocked 6 + 6 + 7 + 9', () => {
    expect(group_unit_number('310104019001gb00045f00430086')).toBe('310104 019001 GB00045 F00430086')
    expect(group_unit_number('31010401')).toBe('310104 01')
  })
})

describe('mobile number', () => {
  it.each([
    ['13800000000', ''],
    ['138 0000 0000', ''],
    ['12800000000', 'phone'],
    ['1380000000', 'phone'],
  ])('%s → %s', (phone, fault) => expect(phone_fault(phone)).toBe(fault))
})

describe('certificate number', () => {
  it.each([
    ['鲁(2026)历下区不动产权第0000001号', ''],
    ['鲁（2026）历下区 不动产证明第0000001号', ''],
    ['沪(2018)徐字不动产权第000012号', ''],
    ['鲁(2026)不动产权第0000001号', 'certificate_number'],
    ['鲁(26)历下区不动产权第0000001号', 'certificate_number'],
    ['历下区不动产权第0000001号', 'certificate_number'],
    ['鲁(2026)历下区房产证第0000001号', 'certificate_number'],
    ['鲁(2026)历下区不动产权第号', 'certificate_number'],
    ['', 'empty'],
  ])('%s → %s', (number, fault) => expect(certificate_number_fault(number)).toBe(fault))
  it('tells which paper it is on', () => {
    expect(certificate_kind('鲁(2026)历下区不动产证明第0000001号')).toBe('proof')
    expect(certificate_kind('鲁(2026)历下区不动产权第0000001号')).toBe('title')
  })
})

it('a citizen number tells the date of birth once it is right', () => {
  expect(birth_date_of('11010519491231002x')).toBe('1949-12-31')
  expect(birth_date_of('110105194912310021')).toBe('')
})
