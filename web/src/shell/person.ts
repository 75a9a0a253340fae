// The person who uses the portal: another session than the staff's, with a cookie and a CSRF token of its own.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Schemas } from '@/base/api'
import { ApiProblem, http } from '@/base/http'

export type Person = Schemas['PortalPerson']
export interface Claim {
  name: string
  number: string
  phone: string
}

const root = '/api/v1/portal'

export const use_person = defineStore('person', () => {
  const person = ref<Person>()
  const asked = ref(false)
  const signed_in = computed(() => person.value !== undefined)
  const seen_alive = computed(() => person.value?.level === 3)
  const csrf = () => person.value?.csrf_token ?? ''

  // 401 nobody, 403 somebody else's session only: both mean that no person is signed in.
  async function load(): Promise<void> {
    try {
      person.value = await http.get<Person>(`${root}/session`, { quiet_sign_out: true })
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 401 && error.status !== 403)) throw error
      person.value = undefined
    }
    asked.value = true
  }
  async function find(): Promise<void> {
    if (!asked.value) await load()
  }

  const send_code = (claim: Claim) => http.post<void>(`${root}/sign-in-codes`, claim, { quiet_sign_out: true })
  async function sign_in(claim: Claim, code: string): Promise<void> {
    person.value = await http.post<Person>(`${root}/session`, { ...claim, code }, { quiet_sign_out: true })
    asked.value = true
  }
  async function sign_out(): Promise<void> {
    await http.remove(`${root}/session`, { csrf: csrf(), quiet_sign_out: true })
    forget()
  }
  function forget(): void {
    person.value = undefined
    asked.value = true
  }

  return { person, asked, signed_in, seen_alive, csrf, load, find, send_code, sign_in, sign_out, forget }
})
