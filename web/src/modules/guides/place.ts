// The place a reader chose: kept in this browser, so that the next guide is of the same registry.
import type { Registry } from '@/base/api'

const key = 'tongban.guide.place'

export function remembered_place(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined // Storage may be forbidden; then nothing is remembered.
  }
}
export function remember_place(registry: string): void {
  try {
    localStorage.setItem(key, registry)
  } catch {
    // see above
  }
}

// What is asked for, if it is a registry; else what was remembered; else the first.
export function place_among(registries: readonly Registry[], asked: string | undefined, remembered: string | undefined): string {
  const known = (code: string | undefined) => code !== undefined && registries.some((registry) => registry.code === code)
  if (known(asked)) return asked!
  if (known(remembered)) return remembered!
  return registries[0]?.code ?? ''
}
