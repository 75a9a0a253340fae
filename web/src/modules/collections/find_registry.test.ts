import { describe, expect, it } from 'vitest'
import { find_registries, group_by_city } from './find_registry'

const all = [
  { code: '370102', name: '济南市历下区不动产登记中心', short_name: '历下区', city: '济南市', city_code: '370100' },
  { code: '370103', name: '济南市市中区不动产登记中心', short_name: '市中区', city: '济南市', city_code: '370100' },
  { code: '370402', name: '枣庄市市中区不动产登记中心', short_name: '市中区', city: '枣庄市', city_code: '370400' },
]
const codes = (typed: string) => find_registries(all, typed).map((registry) => registry.code)

describe('finding a registry', () => {
  it('by name, city, code, and several words at once', () => {
    expect(codes('历下')).toEqual(['370102'])
    expect(codes('市中')).toEqual(['370103', '370402'])
    expect(codes('枣庄 市中')).toEqual(['370402'])
    expect(codes('济南市历下')).toEqual(['370102'])
    expect(codes('３７０４')).toEqual(['370402'])
    expect(codes('')).toHaveLength(3)
    expect(codes('北京')).toEqual([])
  })
  it('groups by city and keeps the order', () => {
    expect(group_by_city(all).map((city) => [city.city, city.registries.length])).toEqual([['济南市', 2], ['枣庄市', 1]])
  })
})
