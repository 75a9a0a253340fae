// The team's open work, added up by person and by queue. Pure.
import type { Team, TeamLoad } from './api'

export interface Sum {
  open: number
  older_than_day: number
  older_than_week: number
  overdue: number
  due_today: number
  deemed_accepted: number
  oldest_at?: string
}

export function sum_of(loads: readonly TeamLoad[]): Sum {
  const sum: Sum = { open: 0, older_than_day: 0, older_than_week: 0, overdue: 0, due_today: 0, deemed_accepted: 0 }
  for (const load of loads) {
    sum.open += load.open
    sum.older_than_day += load.older_than_day
    sum.older_than_week += load.older_than_week
    sum.overdue += load.overdue
    sum.due_today += load.due_today
    sum.deemed_accepted += load.deemed_accepted
    if (sum.oldest_at === undefined || load.oldest_at < sum.oldest_at) sum.oldest_at = load.oldest_at
  }
  return sum
}

// Those whose work cases are, most loaded first; the last row is what nobody has.
export function rows_of(team: Team): { account: string; name: string; duties: string[]; contact: string; sum: Sum }[] {
  const rows = team.people
    .filter((person) => person.duties.some((duty) => duty === 'acceptor' || duty === 'reviewer' || duty === 'registrar'))
    .map((person) => ({
      account: person.account,
      name: person.name,
      duties: person.duties as string[],
      contact: [person.place, person.phone].filter(Boolean).join(' · '),
      sum: sum_of(team.loads.filter((load) => load.account === person.account)),
    }))
    .sort((a, b) => b.sum.overdue - a.sum.overdue || b.sum.open - a.sum.open || a.name.localeCompare(b.name))
  return [...rows, { account: '', name: '', duties: [], contact: '', sum: sum_of(team.loads.filter((load) => load.account === '')) }]
}

export function queues_of(team: Team): { queue: string; free: number; sum: Sum }[] {
  const names = [...new Set(team.loads.map((load) => load.queue))]
  return names.map((queue) => {
    const loads = team.loads.filter((load) => load.queue === queue)
    return { queue, free: sum_of(loads.filter((load) => load.account === '')).open, sum: sum_of(loads) }
  })
}
