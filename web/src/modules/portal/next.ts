// Where a person wanted to go before a detour over another site. Kept in this tab only; paths of the portal only.
const key = 'tongban.portal.next'
const ours = (path: unknown): path is string => typeof path === 'string' && /^\/portal(?![^/?])/.test(path)

export function keep_next(path: unknown): void {
  if (ours(path)) sessionStorage.setItem(key, path)
  else sessionStorage.removeItem(key)
}
export function take_next(): string {
  const path = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return ours(path) ? path : '/portal'
}
