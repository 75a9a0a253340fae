// One call at a time of a form: busy while it runs, and what the server refused, for RefusalNotice.
import { ref } from 'vue'
import { ApiProblem } from '@/base/http'

export function use_attempts() {
  const busy = ref(false)
  const refused = ref<ApiProblem>()
  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    refused.value = undefined
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      refused.value = error
    } finally {
      busy.value = false
    }
  }
  return { busy, refused, attempt }
}
