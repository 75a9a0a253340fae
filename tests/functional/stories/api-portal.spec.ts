// The portal's own API: who gets in, how sure we are of him, and what he then sees.
import { Client, refused } from '../lib/client.mjs'
import { checkLiveness, ownCases, signInPerson, visitOwnCase } from '../lib/online.mjs'
import { collecting, signIn, Sitting } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test('who gets in, and who does not', async ({ instance, people }) => {
  const anyone = new Client(instance.url)
  expect((await refused(anyone.get('/api/v1/portal/session'))).code).toBe('access.not_signed_in')
  const claim = { name: people.owner.name, number: people.owner.number, phone: people.owner.phone }
  expect((await refused(anyone.call('POST', '/api/v1/portal/session', { json: { ...claim, code: '000000' }, key: null }))).code).toBe('persons.code_wrong')
  expect((await refused(anyone.call('POST', '/api/v1/portal/sign-in-codes', { json: { ...claim, number: '370102190003071238' }, key: null }))).code).toBe('base.invalid_fields')
  const owner = await signInPerson(instance, people.owner)
  expect(owner.person).toMatchObject({ name: people.owner.name, level: 2 })
  expect(JSON.stringify(owner.person)).not.toContain(people.owner.number)
  const again = await refused(anyone.call('POST', '/api/v1/portal/sign-in-codes', { json: claim, key: null }))
  expect([again.code, again.status]).toEqual(['persons.too_many', 429])
  // A staff session is no person, and a person is no staff.
  const clerk = await signIn(instance, collecting, 'collector')
  expect((await refused(clerk.get('/api/v1/portal/session'))).status).toBe(403)
  expect((await refused(owner.get('/api/v1/collections'))).status).toBe(403)
})

test('the liveness check counts only when the provider says so, signed', async ({ instance, people }) => {
  const spouse = await signInPerson(instance, { ...people.owner, phone: '13711110001' })
  expect((await refused(spouse.post('/api/v1/portal/liveness-checks', { consent: false }))).code).toBe('persons.consent_missing')
  expect(await checkLiveness(spouse, 'not-live')).toBe('failed')
  expect(await checkLiveness(spouse, 'unlike')).toBe('failed')
  expect(spouse.person.level).toBe(2)
  const { id } = await spouse.post('/api/v1/portal/liveness-checks', { consent: true })
  const body = JSON.stringify({ session_id: id, transaction: 'X', result: 'passed', live: true, score: 999, at: new Date().toISOString() })
  for (const signature of ['', '0'.repeat(64)]) {
    const forged = await fetch(`${instance.url}/api/v1/gateway/liveness`, { method: 'POST', body, headers: { 'X-Provider-Signature': signature } })
    expect(forged.status).toBe(403)
  }
  expect((await spouse.get('/api/v1/portal/session')).level).toBe(2)
  expect(await checkLiveness(spouse)).toBe('passed')
  expect(spouse.person.level).toBe(3)
})

test('a case collected at a window is among the own cases, and opens without another code', async ({ instance, people }) => {
  const clerk = await signIn(instance, collecting, 'collector')
  const sitting = new Sitting(clerk)
  await sitting.open()
  await sitting.prepare(people, {})
  await sitting.push()
  const number = sitting.record.case_number
  const stranger = await signInPerson(instance, { ...people.owner, phone: '13711110002' })
  await expect.poll(async () => (await stranger.get('/api/v1/portal/cases')).hidden, { timeout: 15_000 }).toBe(true)
  expect(await ownCases(stranger)).toEqual([])
  expect((await refused(stranger.post(`/api/v1/portal/cases/${number}/visits`))).code).toBe('cases.not_found')
  await checkLiveness(stranger)
  const [mine] = await ownCases(stranger)
  expect(mine).toMatchObject({ number, state: 'filed', turn: 'home', ended: false })
  expect((await visitOwnCase(stranger, number)).tracked.number).toBe(number)
})
