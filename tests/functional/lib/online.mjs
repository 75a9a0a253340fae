// People online: signing in to the portal, the liveness check at the sandbox's provider, applying. For stories and the tour.
import { randomUUID } from 'node:crypto'
import { Client, etagOf, until } from './client.mjs'
import { png, signaturePng } from './files.mjs'
import { lastSms, smsCode } from './story.mjs'

// A client with the session of this person ({name, number, phone}); `client.person` is what the platform says about him.
export async function signInPerson(instance, person) {
  const client = new Client(instance.url)
  const claim = { name: person.name, number: person.number, phone: person.phone }
  const before = await lastSms(instance, person.phone)
  await client.call('POST', '/api/v1/portal/sign-in-codes', { json: claim })
  const code = await smsCode(instance, person.phone, before)
  client.person = await client.call('POST', '/api/v1/portal/session', { json: { ...claim, code } })
  client.csrf = client.person.csrf_token
  return client
}

// Goes through the provider's page as a browser would. `finding`: passed, unlike, not-live. Gives the state of the check.
export async function checkLiveness(client, finding = 'passed') {
  const { id, page_url } = await client.post('/api/v1/portal/liveness-checks', { consent: true })
  const page = await (await fetch(page_url)).text()
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
  if (!action) throw new Error('the page of the liveness check has no form')
  const answer = await fetch(new URL(action, page_url), { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: `result=${finding}` })
  if (answer.status !== 303) throw new Error(`the provider answered ${answer.status}`)
  const check = await until('the result of the check', () => client.get(`/api/v1/portal/liveness-checks/${id}`), (c) => c.state !== 'open')
  client.person = await client.get('/api/v1/portal/session')
  return check.state
}

// A tracking session for one of the own cases, without another code.
export async function visitOwnCase(client, number) {
  await client.post(`/api/v1/portal/cases/${number}/visits`, undefined)
  const visitor = new Client(client.base)
  visitor.cookies = client.cookies
  visitor.tracked = await visitor.get('/api/v1/public/tracked-case')
  visitor.csrf = visitor.tracked.csrf_token
  return visitor
}

export const ownCases = async (client) => (await client.get('/api/v1/portal/cases?limit=100')).cases

// An application online, step by step; every step returns it as the server answered. The steps are those of a sitting.
export class OnlineApplication {
  constructor(client) { this.client = client }
  get path() { return `/api/v1/portal/applications/${this.record.home}/${this.record.id}` }
  get etag() { return etagOf(this.record) }

  async open(home, item) {
    this.record = await this.client.post('/api/v1/portal/applications', { home, item })
    return until('the case number', () => this.reload(), (r) => r.case_number, { every: 20 })
  }
  async join(case_number, code) {
    this.record = await this.client.post('/api/v1/portal/applications/join', { case_number, code })
    return this.record
  }
  async reload() { return (this.record = await this.client.get(this.path)) }
  async apply(application) { return (this.record = await this.client.put(`${this.path}/application`, application, { etag: this.etag })) }
  async addParty(party) {
    const before = new Set(this.record.parties.map((p) => p.id))
    this.record = await this.client.post(`${this.path}/parties`, { kind: 'person', document_type: 'citizen_card', ...party }, { etag: this.etag })
    return this.record.parties.find((p) => !before.has(p.id))
  }
  // Oneself, from the account.
  async addMe(role, more = {}) {
    const me = await this.client.get('/api/v1/portal/identity')
    return this.addParty({ role, ...me, place: 'here', ...more })
  }
  async identify(party) { return (this.record = await this.client.post(`${this.path}/parties/${party}/identity-check`, undefined, { etag: this.etag })) }
  async answer(party) {
    const asked = this.record.parties.find((p) => p.id === party).questions
    for (const question of this.record.questions.filter((q) => asked.includes(q.id))) {
      const answer = question.answer === 'text' ? '已说明，情况属实' : question.expected || 'yes'
      this.record = await this.client.put(`${this.path}/parties/${party}/interview`, { question: question.id, answer }, { etag: this.etag })
    }
    return this.record
  }
  async sign(party, seed = 1) {
    return (this.record = await this.client.call('PUT', `${this.path}/parties/${party}/signature`, { bytes: signaturePng(seed), type: 'image/png', etag: this.etag }))
  }
  // Every line that must be given and is not there yet: one page each, said to be complete.
  async handInPapers() {
    let seed = 41
    for (const line of this.record.materials.filter((m) => m.required_now && !m.generated && m.pages.length === 0)) {
      const page = randomUUID()
      this.record = await this.client.call('PUT', `${this.path}/materials/${line.code}/pages/${page}`, { bytes: png(seed++), type: 'application/octet-stream', headers: { 'X-File-Name': encodeURIComponent(`${line.title}.png`) } })
      this.record = await this.client.put(`${this.path}/materials/${line.code}`, { form: line.forms[0], copies: 1, check: 'passed', pages: [{ id: page, rotation: 0 }] }, { etag: this.etag })
    }
    return this.record
  }
  async push() { return (this.record = await this.client.post(`${this.path}/push`, undefined, { etag: this.etag })) }
}

// One person applies for his own home, from the sign-in to the hand-in.
export async function applyOnline(instance, person, { home, item, application, role = 'holder' }) {
  const client = await signInPerson(instance, person)
  if ((await checkLiveness(client)) !== 'passed') throw new Error('the liveness check did not pass')
  const online = new OnlineApplication(client)
  await online.open(home, item)
  await online.apply(application)
  const me = await online.addMe(role)
  await online.identify(me.id)
  await online.answer(me.id)
  await online.sign(me.id)
  await online.handInPapers()
  await online.push()
  return online
}
