// Finding a registry among a province's: every word typed must occur in code, name or city.
import type { Registry } from '@/base/api'

export interface City {
  city: string
  registries: Registry[]
}

export function find_registries(all: readonly Registry[], typed: string): Registry[] {
  const words = typed.normalize('NFKC').trim().split(/\s+/).filter((word) => word)
  return all.filter((registry) => {
    const text = `${registry.code} ${registry.city}${registry.short_name} ${registry.name}`
    return words.every((word) => text.includes(word))
  })
}

export function group_by_city(registries: readonly Registry[]): City[] {
  const cities = new Map<string, Registry[]>()
  for (const registry of registries) {
    const of_city = cities.get(registry.city_code)
    if (of_city) of_city.push(registry)
    else cities.set(registry.city_code, [registry])
  }
  return [...cities.values()].map((of_city) => ({ city: of_city[0]!.city, registries: of_city }))
}
