import { describe, expect, it } from 'vitest'
import type { Team } from './api'
import { queues_of, rows_of } from './team'

const load = (account: string, queue: string, open: number, overdue = 0, oldest_at = '2026-11-20T00:00:00Z') => ({ account, queue, open, overdue, oldest_at, older_than_day: 0, older_than_week: 0, due_today: 0, deemed_accepted: 0 })
const person = (account: string, duties: Team['people'][number]['duties']) => ({ account, name: account, duties, place: '', phone: '' })
const team: Team = {
  people: [person('a', ['reviewer']), person('b', ['reviewer', 'registrar']), person('c', ['collector']), person('d', ['acceptor'])],
  loads: [load('', 'acceptance', 4, 1), load('a', 'review', 3), load('b', 'review', 1, 1, '2026-11-01T00:00:00Z'), load('b', 'registration', 1)],
  returns: [],
  returns_days: 30,
}

describe('the team', () => {
  it('puts whoever is late first, shows who has nothing, and ends with what nobody has', () => {
    expect(rows_of(team).map((row) => [row.account, row.sum.open])).toEqual([['b', 2], ['a', 3], ['d', 0], ['', 4]])
    expect(rows_of(team)[0]!.sum.oldest_at).toBe('2026-11-01T00:00:00Z')
  })
  it('adds up each queue and what is free in it', () => {
    expect(queues_of(team).find((row) => row.queue === 'review')).toMatchObject({ free: 0, sum: { open: 4, overdue: 1 } })
    expect(queues_of(team).find((row) => row.queue === 'acceptance')).toMatchObject({ free: 4 })
  })
})
