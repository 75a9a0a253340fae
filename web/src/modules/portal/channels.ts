// How an item may be applied for, in the order in which a citizen would like it. Older data tell no channels: a window is always open.
import type { Schemas } from '@/base/api'

export type Channel = 'online' | 'online_then_hall' | 'window'
const wanted: readonly Channel[] = ['online', 'online_then_hall', 'window']

export function channels_of(item: Schemas['Item']): Channel[] {
  const told = (item as { channels?: readonly string[] }).channels ?? ['window']
  return wanted.filter((channel) => told.includes(channel))
}
