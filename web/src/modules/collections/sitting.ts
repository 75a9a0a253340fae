// One open sitting. The state is the server's; this keeps the newest answer, sends one change after the other with the
// version just seen, and holds on to a change whose answer got lost, so that "retry" repeats it with the same key.
import { computed, inject, onScopeDispose, ref, shallowRef, type InjectionKey } from 'vue'
import type { Collection } from '@/base/api'
import { ApiProblem, new_key, type CallOptions } from '@/base/http'
import { get_sitting } from './api'
import { make_uploads } from './uploads'

export type Send = (sitting: Collection, options: CallOptions) => Promise<Collection>
export type Step = 'application' | 'parties' | 'interview' | 'materials' | 'finish'
export const steps: readonly Step[] = ['application', 'parties', 'interview', 'materials', 'finish']

// Does the window find the same work in both? What the home registry tells (its number, its progress) does not count.
export function same_work(one: Collection, other: Collection): boolean {
  const work = ({ state, application, parties, materials }: Collection) => JSON.stringify([state, application, parties, materials])
  return work(one) === work(other)
}

export function use_sitting(id: string) {
  const sitting = shallowRef<Collection>()
  const error = ref<unknown>()
  const waiting = ref(0)
  const uploads_running = ref(0)
  let uploads_done = 0
  let chain: Promise<unknown> = Promise.resolve()
  let unanswered: { send: Send; key: string } | undefined

  const busy = computed(() => waiting.value > 0)
  const editable = computed(() => sitting.value?.allowed_actions.includes('edit') ?? false)

  // Uploads answer in any order; an older picture of the sitting never replaces a newer one.
  function take(next: Collection): void {
    if (!sitting.value || next.version >= sitting.value.version) sitting.value = next
  }

  async function load(): Promise<void> {
    try {
      take(await get_sitting(id))
      error.value = undefined
    } catch (problem) {
      error.value = problem
    }
  }

  // Answers whether it was done; when not, `error` says why. `send` is given the sitting as it stands when its turn
  // comes, so it must derive its body from that and not from what was on the screen before.
  function change(send: Send, key = new_key()): Promise<boolean> {
    waiting.value += 1
    const turn = chain.then(() => run(send, key)).finally(() => (waiting.value -= 1))
    chain = turn
    return turn
  }

  async function run(send: Send, first_key: string): Promise<boolean> {
    let key = first_key
    for (let attempt = 1; ; ++attempt) {
      const uploads_before = uploads_done
      try {
        take(await send(sitting.value!, { version: sitting.value!.version, key }))
        error.value = undefined
        unanswered = undefined
        return true
      } catch (problem) {
        // The version also moves without another person's work: by our own uploads, or when the home registry tells its
        // case number. Then the change is simply made again on the newer version; anybody else's work is never overwritten.
        if (problem instanceof ApiProblem && problem.stale && attempt < 4) {
          const own_upload = uploads_running.value > 0 || uploads_done !== uploads_before
          const before = sitting.value!
          const now = await get_sitting(id).catch(() => undefined)
          if (now && (own_upload || same_work(before, now))) {
            take(now)
            key = new_key()
            continue
          }
        }
        unanswered = problem instanceof ApiProblem && problem.retry === 'later' ? { send, key } : undefined
        error.value = problem
        return false
      }
    }
  }

  async function retry(): Promise<void> {
    error.value = undefined
    if (unanswered) await change(unanswered.send, unanswered.key)
    else await load()
  }

  async function uploading(work: () => Promise<Collection>): Promise<Collection> {
    uploads_running.value += 1
    try {
      const answer = await work()
      take(answer)
      return answer
    } finally {
      uploads_running.value -= 1
      uploads_done += 1
    }
  }

  // While the home side has something to tell — the case's number, the receipt, progress — look every three seconds,
  // not in a hidden tab.
  const timer = setInterval(async () => {
    const record = sitting.value
    const on_its_way = record?.state === 'pushed' || record?.state === 'received' || (record?.state === 'open' && !record.case_number)
    if (document.hidden || busy.value || !on_its_way) return
    try {
      take(await get_sitting(id))
    } catch {
      // The next look may succeed; a person's own action shows its failure.
    }
  }, 3000)
  onScopeDispose(() => clearInterval(timer))

  function missing_of(step: Step) {
    const all = sitting.value?.missing ?? []
    return step === 'finish' ? all : all.filter((entry) => entry.step === step)
  }

  return { id, uploads: make_uploads(), sitting, error, busy, editable, uploads_running, load, take, change, retry, uploading, missing_of }
}

export type SittingHandle = ReturnType<typeof use_sitting>
export const sitting_key: InjectionKey<SittingHandle> = Symbol('sitting')

// For the steps below the sitting's page.
export function the_sitting(): SittingHandle & { record: { readonly value: Collection } } {
  const handle = inject(sitting_key)
  if (!handle) throw new Error('a step is used outside of a sitting')
  return { ...handle, record: computed(() => handle.sitting.value!) }
}
