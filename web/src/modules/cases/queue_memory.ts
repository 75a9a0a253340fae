// The order of the queue last seen, so that the sheet knows what comes next without asking again.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { List } from './queues'

export const use_queue_memory = defineStore('cases.queue', () => {
  const queue = ref<List>()
  const numbers = ref<string[]>([])
  const current = ref<string>() // the row last opened, to put the cursor back on it

  // Decided here since the list was read: they keep their place, so that "next" goes on from it, but are not offered again.
  const decided = ref(new Set<string>())

  function remember(of: List, list: string[]): void {
    queue.value = of
    numbers.value = list
    decided.value = new Set()
  }
  // What follows a case in the list; from the end it goes back to the first that is left.
  function after(number: string): string | undefined {
    const at = numbers.value.indexOf(number)
    const left = (one: string) => one !== number && !decided.value.has(one)
    return numbers.value.slice(at + 1).find(left) ?? numbers.value.find(left)
  }
  function done(number: string): void {
    decided.value.add(number)
  }
  return { queue, numbers, current, remember, after, done }
})
