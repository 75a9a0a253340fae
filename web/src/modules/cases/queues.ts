// The home registry's queues, and what a row says about time. Pure.
import type { CaseState, Duty } from './api'

export const queues = ['acceptance', 'review', 'payment', 'registration', 'supplement', 'suspended', 'collecting', 'done'] as const
export type Queue = (typeof queues)[number]

// What has a tab: one's own open work first.
export const lists = ['mine', ...queues] as const
export type List = (typeof lists)[number]

export function is_list(text: unknown): text is List {
  return typeof text === 'string' && (lists as readonly string[]).includes(text)
}

export interface Filters {
  owner?: string // free, mine or an account; absent: whoever
  item?: string
  collecting?: string
  due?: 'overdue' | 'today'
}

// Of the address; what it does not know it leaves out.
export function read_filters(query: Record<string, unknown>): Filters {
  const text = (name: string) => (typeof query[name] === 'string' && query[name] !== '' ? (query[name] as string) : undefined)
  const due = text('due')
  return { owner: text('owner'), item: text('item'), collecting: text('collecting'), due: due === 'overdue' || due === 'today' ? due : undefined }
}

// Where the work of a duty lies. Somebody with several duties begins with the earliest step.
const queue_of_duty: Record<Duty, Queue> = {
  acceptor: 'acceptance',
  reviewer: 'review',
  registrar: 'registration',
  cashier: 'payment',
  supervisor: 'acceptance',
  collector: 'acceptance',
  cataloguer: 'acceptance',
}

export function own_queue(duties: readonly Duty[]): Queue {
  const own = duties.map((duty) => queue_of_duty[duty])
  return queues.find((queue) => own.includes(queue)) ?? 'acceptance'
}

// The queues that are this person's own work (marked in the tabs); the others can be read.
export function own_queues(duties: readonly Duty[]): Queue[] {
  return queues.filter((queue) => duties.some((duty) => queue_of_duty[duty] === queue))
}

// Nothing more will be decided on the case.
export function is_over(state: CaseState): boolean {
  return ['registered', 'not_accepted', 'refused', 'withdrawn', 'cancelled', 'expired'].includes(state)
}

export type Tone = 'calm' | 'soon' | 'late'

// Whole days from today to a date, both in Chinese time (+08:00).
export function days_until(date: string, now: Date): number {
  const today = Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000)
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000) - today
}

export function due_tone(date: string, now: Date): Tone {
  const days = days_until(date, now)
  if (days < 0) return 'late'
  return days === 0 ? 'soon' : 'calm'
}

// 条例 17: what is not answered in writing on the spot counts as accepted. The server counts the working time.
export function answer_tone(urgency: 'in_time' | 'warning' | 'overdue'): Tone {
  return ({ in_time: 'calm', warning: 'soon', overdue: 'late' } as const)[urgency]
}
