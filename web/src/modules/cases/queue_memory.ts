// The order of the queue last seen, so that the sheet knows what comes next without asking again.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Queue } from './queues'

export const use_queue_memory = defineStore('cases.queue', () => {
  const queue = ref<Queue>()
  const numbers = ref<string[]>([])
  const current = ref<string>() // the row last opened, to put the cursor back on it

  function remember(of: Queue, list: string[]): void {
    queue.value = of
    numbers.value = list
  }
  // What follows a case in the list; from the end it goes back to the first that is left.
  function after(number: string): string | undefined {
    const at = numbers.value.indexOf(number)
    return numbers.value.slice(at + 1).find((one) => one !== number) ?? numbers.value.find((one) => one !== number)
  }
  function done(number: string): void {
    numbers.value = numbers.value.filter((one) => one !== number)
  }
  return { queue, numbers, current, remember, after, done }
})
