import { describe, expect, it } from 'vitest'
import { place_among } from './place'

const registries = ['370102', '370202'].map((code) => ({ code, name: code, short_name: code, city: '', city_code: code }))

describe('the place of a guide', () => {
  it('is what the address says', () => expect(place_among(registries, '370202', '370102')).toBe('370202'))
  it('is what was chosen last when the address names no registry', () => expect(place_among(registries, '999999', '370202')).toBe('370202'))
  it('is the first when nothing is known', () => expect(place_among(registries, undefined, 'x')).toBe('370102'))
  it('is nothing without registries', () => expect(place_among([], undefined, undefined)).toBe(''))
})
