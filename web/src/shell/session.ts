// Who is signed in. The cookie is HttpOnly; this store only keeps what the server says about it.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Duty, Registry, Session } from '@/base/api'
import { ApiProblem, http, set_csrf_token } from '@/base/http'

export const use_session = defineStore('session', () => {
  const session = ref<Session>()
  const asked = ref(false)
  const registries = ref<Registry[]>([])
  const demonstration = ref(false)

  const signed_in = computed(() => session.value !== undefined)
  const home_path = computed(() =>
    !session.value ? '/' : holds('collector') ? '/window' : holds('cataloguer') ? '/catalogue' : holds('cashier') ? '/money' : '/home',
  )

  function holds(duty: Duty): boolean {
    return session.value?.duties.includes(duty) ?? false
  }

  function keep(answer: Session | undefined): void {
    session.value = answer
    asked.value = true
    set_csrf_token(answer?.csrf_token ?? '')
    if (answer) demonstration.value = answer.demonstration
  }

  // Asked once per page load. A 401 is an ordinary answer: nobody is signed in.
  async function find(): Promise<void> {
    if (asked.value) return
    try {
      keep(await http.get<Session>('/api/v1/session', { quiet_sign_out: true }))
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) keep(undefined)
      else throw error
    }
  }

  async function sign_in(login: string, password: string): Promise<void> {
    keep(await http.post<Session>('/api/v1/session', { login, password }, { quiet_sign_out: true }))
  }

  async function sign_out(): Promise<void> {
    await http.remove('/api/v1/session')
    keep(undefined)
  }

  // The session ended on the server's side.
  function forget(): void {
    keep(undefined)
  }

  // All registries of the province; read once.
  async function load_registries(): Promise<Registry[]> {
    if (registries.value.length === 0) {
      const answer = await http.get<{ demonstration: boolean; registries: Registry[] }>('/api/v1/registries', { quiet_sign_out: true })
      registries.value = answer.registries
      demonstration.value = answer.demonstration
    }
    return registries.value
  }

  return { session, asked, signed_in, home_path, registries, demonstration, holds, find, sign_in, sign_out, forget, load_registries }
})
