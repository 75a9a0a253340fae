// The home registry's desk at the public API: who has a case, what the refusals say, that counts are lists.
import { Client, etagOf, refused, until } from '../lib/client.mjs'
import { CaseWork, collecting, demoPeople, home, signIn, Sitting, track } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
test.use({ config: '\n# desk at the API\n' })
const seen: { number?: string; other?: string; free?: string } = {}

async function file(instance: any, people: any, unitNumber: string): Promise<string> {
  const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
  await sitting.open()
  await sitting.prepare(people, { unitNumber })
  await sitting.push()
  await until('the receipt', () => sitting.reload(), (r: any) => r.state === 'received')
  return sitting.record.case_number
}
// The second account of a duty.
async function colleague(instance: any, login: string): Promise<Client> {
  const account = instance.accounts.find((a: any) => a.login === login)
  const client = new Client(instance.url)
  client.session = await client.signIn(account.login, account.password)
  return client
}
const list = (client: any, query: string) => client.get(`/api/v1/cases?${query}`)

test('counts are lists, under every filter', async ({ instance, people }) => {
  test.setTimeout(60_000)
  seen.number = await file(instance, people, people.units.at(-1))
  seen.other = await file(instance, people, people.units.at(-2))
  const acceptor = await signIn(instance, home, 'acceptor')
  for (const filter of ['', '&owner=free', '&owner=mine', '&due=overdue', '&due=today', '&item=DY-01', '&item=XF-01', `&collecting=${collecting}`, '&collecting=370103']) {
    const answer = await list(acceptor, `queue=acceptance${filter}&limit=1`)
    let rows = answer.cases.length
    for (let next = answer.next_cursor; next; ) {
      const page = await list(acceptor, `queue=acceptance${filter}&limit=1&cursor=${next}`)
      rows += page.cases.length
      next = page.next_cursor
    }
    expect(rows, filter).toBe(answer.counts.acceptance ?? 0)
  }
  expect((await list(acceptor, 'queue=acceptance&owner=free')).counts.acceptance).toBe(2)
  expect((await refused(list(acceptor, 'queue=acceptance&due=never'))).status).toBe(422)
  expect((await refused(list(acceptor, 'queue=acceptance&collecting=1'))).status).toBe(422)
  expect((await refused(list(await signIn(instance, collecting, 'collector'), 'queue=acceptance'))).status).toBe(403)
})

test('cases are found by case and unit number and by name, in the own registry only', async ({ instance, people }) => {
  const acceptor = await signIn(instance, home, 'acceptor')
  const find = async (client: any, q: string) => (await client.get(`/api/v1/case-search?q=${encodeURIComponent(q)}`)).cases.map((c: any) => c.number)
  expect(await find(acceptor, seen.number!)).toEqual([seen.number])
  expect(await find(acceptor, people.units.at(-2))).toEqual([seen.other])
  expect(await find(acceptor, people.owner.name)).toEqual(expect.arrayContaining([seen.number, seen.other]))
  expect(await find(acceptor, people.bank.name.slice(0, 3))).toEqual(expect.arrayContaining([seen.number]))
  expect(await find(acceptor, '%%')).toEqual([])
  expect(await find(acceptor, '鲁(2026)历下区不动产证明第9999999号')).toEqual([])
  expect((await refused(find(acceptor, '陈'))).status).toBe(422)
})

test('of two who claim at once one wins, and the other cannot act', async ({ instance }) => {
  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), seen.number)
  await acceptor.act('acceptance', {})
  const first = new CaseWork(await signIn(instance, home, 'reviewer'), seen.number)
  const second = new CaseWork(await colleague(instance, 'reviewer2.370102'), seen.number)
  await first.load()
  await second.load()
  const tries = await Promise.allSettled([first.act('claim', undefined), second.act('claim', undefined)])
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const lost = tries.find((one) => one.status === 'rejected') as PromiseRejectedResult
  expect(lost.reason.code).toBe('cases.claimed')
  const [winner, loser] = tries[0].status === 'fulfilled' ? [first, second] : [second, first]
  expect(lost.reason.problem.detail).toContain(winner.client.session.name)
  expect(lost.reason.problem.claimed_by).toBe(winner.client.session.name)
  await loser.load()
  seen.free = loser.client === first.client ? instance.account(home, 'reviewer').login : 'reviewer2.370102'
  expect(loser.record.allowed_actions).toEqual([])
  expect(loser.record.claim.phone).toContain('0531')
  for (const [action, body] of [['approval', {}], ['refusal', { ground: 'other', reason: '测试' }], ['suspension', { reason: 'dispute', legal: '条例' }]] as const) {
    expect((await refused(loser.act(action, body))).code).toBe('cases.claimed')
  }
  expect((await list(winner.client, 'queue=mine')).cases.map((c: any) => c.number)).toEqual([seen.number])
  expect((await list(winner.client, 'queue=review')).counts.mine).toBe(1)
  expect((await list(loser.client, 'queue=mine')).cases).toEqual([])
  expect((await refused(loser.act('claim-release', {}))).code).toBe('cases.claimed')
  expect((await refused(acceptor.act('claim', undefined))).status).toBeGreaterThanOrEqual(403)
})

test('the supervisor reassigns many at once, each judged alone', async ({ instance }) => {
  const supervisor = await signIn(instance, home, 'supervisor')
  const other = await colleague(instance, seen.free!)
  const assign = (client: any, cases: any[], to: string | undefined, reason = '均衡任务') => client.post('/api/v1/case-assignments', { cases, reason, ...(to ? { to } : {}) })
  const rows = async () => [...(await list(supervisor, 'queue=review')).cases, ...(await list(supervisor, 'queue=acceptance')).cases].map(({ number, version }: any) => ({ number, version }))
  expect((await refused(assign(other, await rows(), undefined))).status).toBe(403)
  expect((await refused(supervisor.post('/api/v1/case-assignments', { cases: await rows(), to: other.session.account_id, reason: '' }))).status).toBe(422)
  const stale = await assign(supervisor, [{ number: seen.number, version: 1 }], other.session.account_id)
  expect(stale).toMatchObject({ done: [], refused: [{ number: seen.number, code: 'cases.changed_meanwhile' }] })
  const answer = await assign(supervisor, await rows(), other.session.account_id)
  expect(answer.refused).toMatchObject([{ number: seen.other, code: 'cases.assignee_unfit' }])
  const reviewer = new CaseWork(other, seen.number)
  expect((await reviewer.load()).claim.by).toBe(other.session.name)
  expect(answer.done).toEqual([seen.number])
  expect(reviewer.record.desk.some((step: any) => step.text.includes('均衡任务'))).toBe(true)
  const team = await supervisor.get('/api/v1/team')
  expect(team.loads.find((l: any) => l.account === other.session.account_id)).toMatchObject({ queue: 'review', open: 1 })
  expect((await refused(other.get('/api/v1/team'))).status).toBe(403)
})

test('the checklist: evidence must exist, and an approval needs it complete', async ({ instance }) => {
  const reviewer = new CaseWork(await colleague(instance, seen.free!), seen.number)
  await reviewer.load()
  const answer = (answers: any[]) => reviewer.client.put(`${reviewer.path}/checklist`, { answers }, { etag: etagOf(reviewer.record) })
  const open = await refused(reviewer.client.post(`${reviewer.path}/approval`, {}, { etag: etagOf(reviewer.record) }))
  expect(open.code).toBe('cases.checklist_open')
  expect(open.errors.length).toBeGreaterThan(2)
  expect(reviewer.record.checklist.find((q: any) => q.id === 'CK-01').proposal.answer).toBe('yes')
  for (const [bad, pointer] of [
    [{ question: 'CK-01', answer: 'yes', evidence: [] }, '/answers/0/evidence'],
    [{ question: 'CK-01', answer: 'no', evidence: [] }, '/answers/0/remark'],
    [{ question: 'CK-02', answer: 'yes', evidence: [{ kind: 'register' }] }, '/answers/0/question'],
    [{ question: 'CK-01', answer: 'yes', evidence: [{ kind: 'page', ref: 'p' }] }, '/answers/0/evidence/0'],
    [{ question: 'CK-01', answer: 'yes', evidence: [{ kind: 'rule', ref: 'PRE-99' }] }, '/answers/0/evidence/0'],
  ] as const) {
    const problem = await refused(answer([bad]))
    expect(problem.status).toBe(422)
    expect(problem.errors.map((e: any) => e.pointer)).toContain(pointer)
  }
  await reviewer.answerChecklist()
  expect(reviewer.record.answers.filter((a: any) => a.duty === 'reviewer').length).toBeGreaterThan(3)
})

test('a notice is seen before it is sent; a return that rests on nothing asks for a rule', async ({ instance }) => {
  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), seen.other)
  await acceptor.load()
  const before = acceptor.record.version
  const body = { lines: [{ line: 'M10', text: '合同第二页缺失', reason: 'unreadable_scan' }, { text: '请说明资金用途', reason: 'other' }] }
  const preview = (json: any, query = '') => acceptor.client.call('POST', `${acceptor.path}/notice-preview/supplement-request${query}`, { json, key: null, want: 'bytes' })
  expect((await preview(body)).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await preview(body, '?leaf=1')).subarray(0, 2).toString('hex')).toBe('ffd8')
  expect((await refused(preview({ lines: [] }))).status).toBe(422)
  expect((await refused(preview({ lines: [{ line: 'M99', text: 'x' }] }))).status).toBe(422)
  expect((await refused(preview({ lines: [{ text: 'x', rule: 'PRE-99' }] }))).status).toBe(422)
  expect((await acceptor.load()).version).toBe(before)
  await acceptor.act('supplement-request', body)
  const requests = (await (await signIn(instance, home, 'supervisor')).get('/api/v1/rule-requests')).requests
  expect(requests.map((r: any) => r.text)).toEqual(['请说明资金用途'])
})

test('notes stay inside, and who looks leaves a trace the applicant can read', async ({ instance }) => {
  const acceptor = await signIn(instance, home, 'acceptor')
  const path = `/api/v1/cases/${seen.number}`
  await acceptor.post(`${path}/notes`, { text: '骑缝章请再看' })
  const registrar = await signIn(instance, home, 'registrar')
  const unreasoned = await refused(registrar.get(path))
  expect(unreasoned.code).toBe('cases.read_reason_needed')
  expect((await refused(registrar.get(`${path}/documents/acceptance.pdf`, { want: 'bytes' }))).code).toBe('cases.read_reason_needed')
  const sheet = await registrar.get(`${path}?reason=${encodeURIComponent('答复当事人查询')}`)
  expect(sheet.notes).toMatchObject([{ text: '骑缝章请再看', by: acceptor.session.name }])
  await registrar.get(`${path}/documents/acceptance.pdf`, { want: 'bytes' })
  const supervisor = await signIn(instance, home, 'supervisor')
  const reads = (await supervisor.get(`${path}/reads`)).reads
  expect(reads).toEqual(expect.arrayContaining([expect.objectContaining({ name: registrar.session.name, purpose: '答复当事人查询', times: 1 })]))
  for (const one of [registrar, acceptor]) expect((await refused(one.get(`${path}/reads`))).status).toBe(403)
  const people = await demoPeople(instance)
  const owner = await track(instance, seen.number!, people.owner.phone)
  const mine = await owner.get('/api/v1/public/tracked-case/reads')
  expect(mine.reads.some((r: any) => r.purpose === '答复当事人查询' && r.duty === '登簿岗')).toBe(true)
  const told = JSON.stringify([mine, await owner.get('/api/v1/public/tracked-case')])
  expect(told).not.toContain('骑缝章')
  for (const name of [registrar.session.name, acceptor.session.name]) expect(told).not.toContain(name)
})
