// Bad input: each with a clear problem, and nothing lost.
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { Client, etagOf, refused, until } from '../lib/client.mjs'
import { pdf, png } from '../lib/files.mjs'
import { CaseWork, collecting, home, mortgageApplication, payAtGateway, signIn, Sitting, track } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })

async function sittingAt(instance: any) {
  const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
  await sitting.open()
  return sitting
}
const pointers = (problem: any) => (problem.errors ?? []).map((e: any) => e.pointer)

test('wrong check digits: identity number, credit code, unit number', async ({ instance, people }) => {
  const s = await sittingAt(instance)
  const person = { role: 'mortgagor', kind: 'person', name: '测试人', document_type: 'citizen_card', phone: '13800000000' }
  const id = await refused(s.addParty({ ...person, number: '370102190003071238' }))
  expect(id.status).toBe(422)
  expect(pointers(id)).toContain('/number')
  expect((await refused(s.addParty({ ...person, number: '370202190002290011' }))).status).toBe(422)
  const bank = await refused(s.addParty({ role: 'mortgagee', kind: 'organisation', name: '测试银行', document_type: 'credit_code', number: '91370100MA3C000466' }))
  expect(pointers(bank)).toContain('/number')
  const unit = await refused(s.apply(mortgageApplication(people.unit.slice(0, 27))))
  expect(unit.status).toBe(422)
  expect(pointers(unit)).toContain('/unit_number')
  expect((await s.reload()).parties).toHaveLength(0)
})

test('a unit of another registry names the competent one', async ({ instance }) => {
  const s = await sittingAt(instance)
  const problem = await refused(s.apply(mortgageApplication('370202001001GB00001F00010001')))
  expect(problem.status).toBe(422)
  expect(JSON.stringify(problem)).toContain('市南区')
})

test('an abolished division code still finds its home', async ({ instance }) => {
  const s = await sittingAt(instance)
  const problem = await refused(s.apply(mortgageApplication('371202001001GB00001F00010001')))
  expect(JSON.stringify(problem)).toContain('莱芜区')
})

test('a seized unit is told at the window and cannot be pushed', async ({ instance, people }) => {
  const s = await sittingAt(instance)
  await s.prepare(people, { unitNumber: people.seized_unit })
  expect(s.record.unit.checks.some((c: any) => !c.passed && c.severity === 'block')).toBe(true)
  const problem = await refused(s.push())
  expect(problem.status).toBeGreaterThanOrEqual(409)
  expect(JSON.stringify(problem)).toContain('查封')
})

test('files: unsupported, damaged, truncated, active, too large', async ({ instance }) => {
  const s = await sittingAt(instance)
  const codes: Record<string, string> = {}
  for (const [name, bytes] of Object.entries({
    text: Buffer.from('just words'),
    truncated: png(3).subarray(0, 2000),
    active: pdf(1, 'x', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
    large: Buffer.concat([png(4), Buffer.alloc(65 * 1024 * 1024)]),
    empty: Buffer.alloc(0),
  })) {
    const problem = await refused(s.upload('M10', `${name}.png`, bytes))
    codes[name] = `${problem.status}`
    expect(problem.title).toMatch(/[\u4e00-\u9fff]/)
  }
  expect(codes).toEqual({ text: '415', truncated: '422', active: '422', large: '413', empty: codes.empty })
  expect(Number(codes.empty)).toBeGreaterThanOrEqual(400)
  expect((await s.reload()).materials.find((m: any) => m.code === 'M10').pages).toHaveLength(0)
})

test('a connection lost in the middle of an upload leaves nothing, the repeat succeeds', async ({ instance }) => {
  const s = await sittingAt(instance)
  const page = randomUUID()
  const bytes = png(9, 2000, 2000)
  await new Promise<void>((done, fail) => {
    const socket = connect(instance.port, '127.0.0.1', () => {
      socket.write(
        `PUT ${s.path}/materials/M10/pages/${page} HTTP/1.1\r\nHost: 127.0.0.1:${instance.port}\r\nCookie: ${[...s.client.cookies].map(([k, v]) => `${k}=${v}`).join('; ')}\r\n` +
          `X-CSRF-Token: ${s.client.csrf}\r\nIdempotency-Key: ${randomUUID()}\r\nContent-Type: application/octet-stream\r\nX-File-Name: a.png\r\nContent-Length: ${bytes.length}\r\n\r\n`,
      )
      socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => setTimeout(() => { socket.destroy(); done() }, 100))
    })
    socket.once('error', fail)
  })
  expect((await s.reload()).materials.find((m: any) => m.code === 'M10').pages).toHaveLength(0)
  await s.upload('M10', 'a.png', bytes, { page })
  await s.upload('M10', 'a.png', bytes, { page })
  const line = (await s.reload()).materials.find((m: any) => m.code === 'M10')
  expect(line.pages.map((p: any) => p.id)).toEqual([page])
  expect(line.pages[0].bytes).toBe(bytes.length)
})

test('push with everything missing tells all of it at once', async ({ instance }) => {
  const s = await sittingAt(instance)
  const problem = await refused(s.push())
  expect(problem.status).toBe(422)
  expect(problem.errors.length).toBe(s.record.missing.length)
  expect(problem.errors.length).toBeGreaterThan(3)
})

test('double push: the same key is answered again, another key is refused', async ({ instance, people }) => {
  const s = await sittingAt(instance)
  await s.prepare(people, { unitNumber: people.units[1] })
  const etag = s.etag
  const key = randomUUID()
  const first = await s.client.post(`${s.path}/push`, undefined, { etag, key })
  const again = await s.client.post(`${s.path}/push`, undefined, { etag, key })
  expect(again).toEqual(first)
  await until('the receipt', () => s.reload(), (r: any) => r.state === 'received')
  expect((await refused(s.push())).status).toBe(409)
})

test('an old version is refused with what happened since', async ({ instance, people }) => {
  const s = await sittingAt(instance)
  const old = s.etag
  await s.apply(mortgageApplication(people.unit))
  const problem = await refused(s.client.put(`${s.path}/application`, mortgageApplication(people.unit), { etag: old }))
  expect(problem.status).toBe(412)
  const missing = await refused(s.client.put(`${s.path}/application`, mortgageApplication(people.unit)))
  expect(missing.status).toBe(428)
})

test('the same key with other content is refused', async ({ instance }) => {
  const client = await signIn(instance, collecting, 'collector')
  const key = randomUUID()
  const first = await client.post('/api/v1/collections', { home, item: 'DY-01' }, { key })
  const again = await client.post('/api/v1/collections', { home, item: 'DY-01' }, { key })
  expect(again.id).toBe(first.id)
  const other = await refused(client.post('/api/v1/collections', { home: '370103', item: 'DY-01' }, { key }))
  expect(other.status).toBe(422)
})

async function filedCase(instance: any, people: any, unitNumber: string) {
  const s = await sittingAt(instance)
  await s.prepare(people, { unitNumber })
  await s.push()
  await until('the receipt', () => s.reload(), (r: any) => r.state === 'received')
  return { sitting: s, number: s.record.case_number }
}

test('supplement: told at once, given at the window, accepted afterwards', async ({ instance, people }) => {
  const { sitting, number } = await filedCase(instance, people, people.units[2])
  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), number)
  await acceptor.act('supplement-request', { lines: [{ line: 'M10', text: '合同缺签章页' }, { text: '请补充联系电话' }] })
  await until('the request at the window', () => sitting.reload(), (r: any) => r.state === 'supplement')
  expect(sitting.record.supplement.lines).toHaveLength(2)
  await sitting.upload('M10', '签章页.png', png(77))
  await sitting.check('M10')
  await sitting.push()
  await acceptor.waitFor('the supplement', (r: any) => r.state === 'filed')
  await acceptor.act('acceptance', {})
  expect(acceptor.record.state).toBe('accepted')
})

test('not accepted, refused, withdrawn: no step is a dead end', async ({ instance, people }) => {
  const a = await filedCase(instance, people, people.units[3])
  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), a.number)
  await acceptor.act('non-acceptance', { ground: 'incomplete', reason: '材料不齐' })
  expect(acceptor.record.state).toBe('not_accepted')
  expect((await acceptor.client.get(`${acceptor.path}/documents/non-acceptance.pdf`, { want: 'bytes' })).subarray(0, 5).toString()).toBe('%PDF-')
  await until('the window to hear of it', () => a.sitting.reload(), (r: any) => r.state === 'closed')

  const b = await filedCase(instance, people, people.units[3])
  const second = new CaseWork(await signIn(instance, home, 'acceptor'), b.number)
  await second.act('acceptance', {})
  const reviewer = new CaseWork(await signIn(instance, home, 'reviewer'), b.number)
  await reviewer.act('refusal', { ground: 'ownership_dispute', reason: '存在尚未解决的权属争议' })
  expect(reviewer.record.state).toBe('refused')

  const c = await filedCase(instance, people, people.units[3])
  const third = new CaseWork(await signIn(instance, home, 'acceptor'), c.number)
  await third.load()
  const [one, other] = third.record.parties.filter((p: any) => !p.represents).map((p: any) => p.id)
  // One of the joint applicants alone ends nothing (H02).
  await third.act('withdrawal', { reason: '不想抵押了', parties: [one] })
  expect(third.record.state).toBe('filed')
  expect(third.record.withdrawal.missing).toHaveLength(1)
  await third.act('withdrawal', { reason: '全体申请人申请撤回', parties: [other] })
  expect(third.record.state).toBe('withdrawn')
})

test('who lacks the duty, the registry or a session is refused', async ({ instance, people }) => {
  const { sitting, number } = await filedCase(instance, people, people.units[4])
  const collector = new CaseWork(sitting.client, number)
  const status = async (promise: Promise<unknown>) => (await refused(promise)).status
  expect([403, 404]).toContain(await status(collector.load()))
  collector.record = { version: 1 }
  expect(await status(collector.act('acceptance', {}))).toBe(403)
  const reviewer = new CaseWork(await signIn(instance, home, 'reviewer'), number)
  expect(await status(reviewer.act('acceptance', {}))).toBe(403)
  const anonymous = new Client(instance.url)
  expect(await status(anonymous.get(`/api/v1/cases/${number}`))).toBe(401)
  const forged = await signIn(instance, home, 'acceptor')
  forged.csrf = 'wrong'
  expect(await status(forged.post(`/api/v1/cases/${number}/acceptance`, {}, { etag: '"v1"' }))).toBe(403)
  expect(await status(new Client(instance.url).signIn('nobody', 'wrong'))).toBe(401)
})

test('double pay, forged callback, double registration', async ({ instance, people }) => {
  const { number } = await filedCase(instance, people, people.units[5])
  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), number)
  await acceptor.act('acceptance', {})
  await new CaseWork(await signIn(instance, home, 'reviewer'), number).act('approval', {})
  const bank = await track(instance, number, people.agent.phone)
  const forged = await bank.raw('POST', '/api/v1/gateway/payments', { body: JSON.stringify({ order_id: 'x', status: 'paid', amount_fen: 8000, reference: 'r', paid_at: '2026-11-23T00:00:00Z' }), type: 'application/json', headers: { 'X-Gateway-Signature': '00' } })
  expect(forged.status).toBe(403)
  const { redirect_url } = await bank.post('/api/v1/public/tracked-case/payments', undefined)
  await payAtGateway(redirect_url)
  await payAtGateway(redirect_url)
  await until('the payment', () => bank.get('/api/v1/public/tracked-case'), (c: any) => c.bill?.state === 'paid')
  expect((await refused(bank.post('/api/v1/public/tracked-case/payments', undefined))).status).toBe(409)

  const registrars = await Promise.all([0, 1].map(async () => {
    const work = new CaseWork(await signIn(instance, home, 'registrar'), number)
    await work.load()
    return work
  }))
  const answers = await Promise.allSettled(registrars.map((r) => r.act('registration', undefined)))
  expect(answers.filter((a) => a.status === 'fulfilled')).toHaveLength(1)
  const loser: any = answers.find((a) => a.status === 'rejected')
  expect([409, 412]).toContain(loser.reason.status)
  expect(JSON.stringify(loser.reason.problem)).toContain(registrars[0].client.session.name)
})

test('the person who accepted may not register', async ({ instance, people }) => {
  // A small registry where one person holds both duties.
  const both = { login: 'two-duties', password: 'two-duties-2026' }
  await instance.adminWith(both.password, 'admin', 'add-account', '--agency', home, '--login', both.login, '--name', '孙双岗', '--duty', 'acceptor', '--duty', 'registrar')
  const { number } = await filedCase(instance, people, people.units[6])
  const client = new Client(instance.url)
  await client.signIn(both.login, both.password)
  const work = new CaseWork(client, number)
  await work.act('acceptance', {})
  await new CaseWork(await signIn(instance, home, 'reviewer'), number).act('approval', {})
  const bank = await track(instance, number, people.agent.phone)
  await payAtGateway((await bank.post('/api/v1/public/tracked-case/payments', undefined)).redirect_url)
  await work.waitFor('the payment', (r: any) => r.state === 'paid')
  const problem = await refused(work.act('registration', undefined))
  expect([403, 409]).toContain(problem.status)
  expect(problem.code).toBe('cases.same_person')
})

test('lists are paged by cursor and bounded', async ({ instance }) => {
  const client = await signIn(instance, collecting, 'collector')
  for (let i = 0; i < 8; i++) await client.post('/api/v1/collections', { home, item: 'DY-01' })
  const seen = new Set<string>()
  let cursor = ''
  let pages = 0
  do {
    const page: any = await client.get(`/api/v1/collections?limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    for (const row of page.collections) {
      expect(seen.has(row.id)).toBe(false)
      seen.add(row.id)
    }
    cursor = page.next_cursor ?? ''
    pages++
  } while (cursor && pages < 50)
  expect(seen.size).toBeGreaterThan(6)
  expect((await refused(client.get('/api/v1/collections?limit=1000'))).status).toBe(400)
})
