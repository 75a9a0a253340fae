// Which home registries this window used lately, newest first. Kept in this browser: a convenience, nothing official.
const name = 'tongban.recent-homes'

export function recent_homes(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(list) ? list.filter((code): code is string => typeof code === 'string' && /^\d{6}$/.test(code)).slice(0, 6) : []
  } catch {
    return []
  }
}

export function remember_home(code: string): void {
  try {
    localStorage.setItem(name, JSON.stringify([code, ...recent_homes().filter((other) => other !== code)].slice(0, 6)))
  } catch {
    // A browser that keeps nothing: the list is simply empty next time.
  }
}
