// R4c through the public API: the owner at one window, his wife at another, the bank at the home registry's own, which comes last.
import { etagOf, refused, until } from '../lib/client.mjs'
import { CaseWork, collecting, home, lastSms, mortgageApplication, signIn, Sitting } from '../lib/story.mjs'
import { png } from '../lib/files.mjs'
import { expect, test } from './fixture.ts'

// A platform of its own: who applies twice for the same is refused, and other stories use these people, too.
test.use({ config: '\n# several visits\n' })

const third = '370602'

async function codeFor(instance: any, phone: string, after: number) {
  const text = await until(
    'the code by SMS',
    async () => (await (await fetch(`${instance.sandboxUrl}/sms/messages?phone=${phone}`)).json()).messages.find((m: any) => m.id > after && /核验码/.test(m.text))?.text,
    Boolean,
  )
  return { number: /TB\d{20}/.exec(text)![0], code: /核验码 (\d{8})/.exec(text)![1] }
}

async function join(instance: any, agency: string, called: { number: string; code: string }) {
  const sitting = new Sitting(await signIn(instance, agency, 'collector'))
  sitting.record = await sitting.client.post('/api/v1/collections/join', { case_number: called.number, code: called.code })
  for (const party of sitting.record.parties) await sitting.checkIdentity(party.id)
  for (const party of sitting.record.parties.filter((p: any) => p.needs_interview)) {
    await sitting.interview(party.id)
    await sitting.sign(party.id)
  }
  return sitting
}

test('three parties at three windows, remote ones first', async ({ instance, people }) => {
  const person = (p: any, more: object) => ({ kind: 'person', name: p.name, document_type: 'citizen_card', number: p.number, phone: p.phone, ...more })
  const spouse = people.persons.find((p: any) => p.key === 'spouse')
  const first = new Sitting(await signIn(instance, collecting, 'collector'))
  await first.open()
  await first.apply(mortgageApplication(people.units[2]))
  const owner = await first.addParty(person(people.owner, { role: 'mortgagor' }))
  await first.addParty(person(spouse, { role: 'mortgagor', place: 'elsewhere', expected_at: third }))
  const bank = await first.addParty({ role: 'mortgagee', kind: 'organisation', name: people.bank.name, document_type: 'credit_code', number: people.bank.number, phone: people.bank.phone, place: 'elsewhere', expected_at: home })
  await first.addParty(person(people.agent, { role: 'agent', represents: bank.id, place: 'elsewhere', expected_at: home }))
  await first.checkIdentity(owner.id)
  await first.interview(owner.id)
  await first.sign(owner.id)
  let seed = 1
  for (const line of first.record.materials.filter((m: any) => m.required_now)) {
    await first.upload(line.code, `${line.title}.png`, png(seed++))
    await first.check(line.code)
  }
  const before = { wife: await lastSms(instance, spouse.phone), agent: await lastSms(instance, people.agent.phone) }
  await first.push()
  await until('the board', () => first.reload(), (r: any) => r.case_state === 'collecting' && r.board?.parties.length === 4)
  const wifes = await codeFor(instance, spouse.phone, before.wife)
  const agents = await codeFor(instance, people.agent.phone, before.agent)

  const work = new CaseWork(await signIn(instance, home, 'acceptor'), wifes.number)
  await work.load()
  expect(work.record.state).toBe('collecting')
  expect(work.record.missing.length).toBeGreaterThan(0)
  const queue = await work.client.get('/api/v1/cases?queue=collecting')
  expect(queue.cases.map((c: any) => c.number)).toContain(wifes.number)

  // The home side is asked first in time, but hands in last.
  const last = await join(instance, home, agents)
  expect((await refused(last.push())).code).toBe('collections.remote_first')
  const second = await join(instance, third, wifes)
  expect(JSON.stringify(second.record)).not.toContain(people.owner.name)
  await second.push()
  await until('the wife on the board', () => last.reload(), (r: any) => r.board.parties.filter((p: any) => p.state === 'missing' && !p.own).length === 0)
  await last.push()
  await work.waitFor('the whole application', (r: any) => r.state === 'filed')
  expect(work.record.parts).toHaveLength(3)
  await until('every window hears of it', () => first.reload(), (r: any) => r.case_state === 'filed')
  expect(first.record.board.parties.every((p: any) => p.state === 'verified')).toBe(true)
  expect(etagOf(first.record)).toBeTruthy()

  // A code that is used up opens nothing, and says no more than one that never was.
  const again = await refused(second.client.post('/api/v1/collections/join', { case_number: wifes.number, code: wifes.code }))
  expect(again.code).toBe('collections.join_refused')
})

test('the portal is for people with an account', async ({ instance }) => {
  const clerk = await signIn(instance, collecting, 'collector')
  expect((await refused(clerk.post('/api/v1/portal/applications', { home, item: 'DY-01' }))).status).toBe(403)
  expect((await refused(clerk.get(`/api/v1/portal/applications/${home}/0193a5f0-0000-7000-8000-00000000000a`))).status).toBe(403)
})
