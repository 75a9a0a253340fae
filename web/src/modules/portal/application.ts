// The tasks of an application online: what each is, whether it is done, and what still lacks. Pure.
import type { Collection, Party } from '@/base/api'
import { first_open, questions_for } from '@/modules/collections/interview'

export const tasks = ['form', 'parties', 'identity', 'interview', 'materials', 'check'] as const
export type Task = (typeof tasks)[number]
export type TaskState = 'done' | 'open' | 'waiting' // waiting: another task comes first

// Those who take part in this visit. Everybody else verifies at a window or online by himself.
export const here = (party: Party): boolean => (party as { place?: string }).place !== 'elsewhere'
export const people_here = (sitting: Pick<Collection, 'parties'>): Party[] => sitting.parties.filter((party) => here(party) && party.kind === 'person')
export const elsewhere = (sitting: Pick<Collection, 'parties'>): Party[] => sitting.parties.filter((party) => !here(party))
export const is_identified = (party: Party): boolean => party.identity?.result === 'matched'

type Seen = Pick<Collection, 'parties' | 'questions' | 'missing' | 'application' | 'materials'>

function lacks(sitting: Seen, step: Collection['missing'][number]['step']): boolean {
  return sitting.missing.some((entry) => entry.step === step)
}

export function has_answered(party: Party, questions: Seen['questions']): boolean {
  return questions_for(party, questions).length === 0 || first_open(party, questions) < 0
}

export function task_states(sitting: Seen): Record<Task, TaskState> {
  const people = people_here(sitting)
  const known = sitting.parties.length > 0
  const identified = known && sitting.parties.filter(here).every(is_identified)
  const asked = people.filter((party) => party.needs_interview)
  const signed = asked.every((party) => party.signature !== undefined && has_answered(party, sitting.questions))
  // Who is not identified yet is a task of its own and not what "parties" lacks.
  const parties_open = sitting.missing.some((entry) => entry.step === 'parties' && !entry.pointer.endsWith('/identity'))
  const all = sitting.missing.length === 0
  return {
    form: sitting.application && !lacks(sitting, 'application') ? 'done' : 'open',
    parties: known && !parties_open ? 'done' : 'open',
    identity: !known ? 'waiting' : identified ? 'done' : 'open',
    interview: !identified ? 'waiting' : signed && !lacks(sitting, 'interview') ? 'done' : 'open',
    materials: lacks(sitting, 'materials') ? 'open' : 'done',
    check: all ? 'open' : 'waiting',
  }
}

// The next open task after this one. One that stays open — a rule over the form that looks at people who are not there
// yet — holds nobody up: what lacks stands on the last page.
export function next_task(sitting: Seen, after?: Task): Task {
  const states = task_states(sitting)
  const later = after ? tasks.slice(tasks.indexOf(after) + 1) : tasks
  return later.find((task) => states[task] === 'open') ?? 'check'
}
