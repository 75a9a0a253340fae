// What a "no" of the server means for the person at the case sheet: which words to put first and what can be done.
export type RefusalKind = 'stale' | 'blocked' | 'same_person' | 'already_registered' | 'remark_needed' | 'claimed' | 'checklist_open' | 'signed_out' | 'later' | 'other'

export function refusal_kind(status: number, code: string): RefusalKind {
  const what = code.slice(code.indexOf('.') + 1)
  if (what === 'already_registered') return 'already_registered'
  if (what === 'same_person') return 'same_person'
  if (what === 'blocked') return 'blocked'
  if (what === 'remark_needed') return 'remark_needed'
  if (what === 'claimed') return 'claimed'
  if (what === 'checklist_open') return 'checklist_open'
  // The case has left the state in which this could be done: somebody else decided meanwhile.
  if (status === 412 || what === 'action_not_allowed') return 'stale'
  if (status === 401) return 'signed_out'
  if (status === 0 || status === 429 || status >= 500) return 'later'
  return 'other'
}

// Reloading helps when the record has moved on without us.
export function wants_reload(kind: RefusalKind): boolean {
  return kind === 'stale' || kind === 'already_registered' || kind === 'blocked' || kind === 'claimed'
}
