// The steps of an application that is made by several visits: online, at halls, or both (R4a, R4c, R4d, R4e). Like
// story-steps.mjs, each does one thing through the public API and checks what it must have done.
import { strict as assert } from 'node:assert'
import { etagOf, refused, until } from './client.mjs'
import { png } from './files.mjs'
import { OnlineApplication, checkLiveness, signInPerson } from './online.mjs'
import { Sitting, signIn } from './story.mjs'

// The code by which a party joins this case, as it came to his mobile.
async function joinCode(story, key) {
  const { phone } = story.cast.who(key)
  const text = await until('the code by SMS', async () => {
    const { messages } = await (await fetch(`${story.instance.sandboxUrl}/sms/messages?phone=${phone}`)).json()
    return messages.find((m) => m.text.includes(story.number) && /核验码/.test(m.text))?.text
  }, Boolean)
  return /核验码 (\d{8})/.exec(text)[1]
}

function partyOf(story, [role, key, actsFor], idOf) {
  const who = story.cast.who(key)
  return { role, kind: who.kind, name: who.name, document_type: who.document_type, number: who.number, phone: who.phone, ...(actsFor ? { represents: idOf(actsFor) } : {}) }
}
const idIn = (story, record) => (key) => record().parties.find((p) => p.name === story.cast.who(key).name).id

// The case as the home registry sees it: still collecting, or whole.
async function isCollecting(story) {
  const work = await story.caseAs('acceptor')
  await work.waitFor('the first visit', (r) => r.state === 'collecting')
}
export async function isFiled(story) {
  const work = await story.caseAs('acceptor')
  await work.waitFor('the whole application', (r) => r.state === 'filed')
  assert.ok(work.record.parts.length >= 1)
  const last = work.record.parts.at(-1)
  story.tell(`申请已齐，属地收到：共 ${work.record.parts.length} 次办理，末次在 ${last.place}`)
}

// ---------------------------------------------------------------- online

// The account of a demo person; signed in once per instance, for a mobile is not sent two codes a minute.
export async function account(story, key, { alive = true } = {}) {
  story.cast.accounts ??= new Map()
  if (!story.cast.accounts.has(key)) story.cast.accounts.set(key, await signInPerson(story.instance, story.cast.who(key)))
  const client = story.cast.accounts.get(key)
  if (alive && client.person.level < 3) assert.equal(await checkLiveness(client), 'passed')
  ;(story.accounts ??= new Map()).set(key, client)
  return client
}

// Begins online; `here`: he also verifies himself online, else he goes to a hall for it.
export const beginOnline = (key, { here }) => async function beginOnline(story) {
  story.online = new OnlineApplication(await account(story, key, { alive: here }))
  await story.online.open(story.home, story.item)
  story.number = story.online.record.case_number
  await story.online.apply(story.application)
  const idOf = idIn(story, () => story.online.record)
  const myPrincipals = story.parties.filter(([, who]) => who === key).map(([, , actsFor]) => actsFor)
  for (const one of story.parties) {
    const [role, who, actsFor] = one
    if (who === key && here) await story.online.addMe(role, actsFor ? { represents: idOf(actsFor) } : {})
    else await story.online.addParty({ ...partyOf(story, one, idOf), place: here && myPrincipals.includes(who) ? 'here' : 'elsewhere' })
  }
  story.tell(`${story.cast.who(key).name} 网上登录并填报，办件 ${story.number}，属地 ${story.online.record.home_name}`)
}

async function verifyOwn(online) {
  for (const party of online.record.parties.filter((p) => p.place === 'here')) await online.identify(party.id)
  for (const party of online.record.parties.filter((p) => p.place === 'here' && p.needs_interview)) {
    await online.answer(party.id)
    await online.sign(party.id)
  }
}
export async function verifyOnline(story) {
  await verifyOwn(story.online)
  story.tell('本人经活体检测（演示接口）核验，逐项回答询问并签名')
}
// Who would dispose of something online is sent to a hall.
export const onlineRefused = (key, code) => async function onlineRefused(story) {
  const me = story.online.record.parties.find((p) => p.name === story.cast.who(key).name)
  const problem = await refused(story.online.identify(me.id))
  assert.equal(problem.code, code)
  story.tell(`不能在线核验：${problem.title}`)
}
export const cancelOnline = (reason) => async function cancelOnline(story) {
  story.online.record = await story.online.client.post(`${story.online.path}/cancel`, { reason }, { etag: story.online.etag })
  assert.equal(story.online.record.state, 'cancelled')
  story.tell(`申请人取消网上申请：${reason}`)
}
export async function handInOnline(story) {
  await story.online.handInPapers()
  await story.online.push()
  story.tell(`网上提交申请和 ${story.online.record.materials.filter((m) => m.pages.length).length} 项材料`)
}
export const waitsForOthers = isCollecting

// Called by SMS, a party takes part from his own phone.
export const joinOnline = (key) => async function joinOnline(story) {
  const online = new OnlineApplication(await account(story, key))
  await online.join(story.number, await joinCode(story, key))
  for (const party of online.record.parties) assert.ok(!party.identity, 'nobody is verified yet')
  await verifyOwn(online)
  await online.push()
  story.tell(`${story.cast.who(key).name} 凭核验码在线参加，核验、询问、签名后提交`)
}

// The applicant's own page gives what was asked for, without going anywhere.
export const supplementOnline = (line) => async function supplementOnline(story) {
  await until('the request in the portal', () => story.online.reload(), (r) => r.state === 'supplement')
  const before = story.online.record.materials.find((m) => m.code === line)
  const page = crypto.randomUUID()
  const at = `${story.online.path}/materials/${line}`
  story.online.record = await story.online.client.call('PUT', `${at}/pages/${page}`, { bytes: png(77), type: 'application/octet-stream', headers: { 'X-File-Name': encodeURIComponent('补正材料.png') } })
  const pages = [...before.pages.map(({ id, rotation }) => ({ id, rotation })), { id: page, rotation: 0 }]
  story.online.record = await story.online.client.put(at, { form: before.form ?? before.forms[0], copies: 1, check: 'passed', pages }, { etag: story.online.etag })
  await story.online.push()
  const work = await story.caseAs('acceptor')
  await work.waitFor('the supplement', (r) => r.state === 'filed')
  story.tell(`申请人在线补交 ${line}`)
}

// ---------------------------------------------------------------- at halls

// The first of several visits: the whole form, but only `keys` are there; the others are told by SMS where to go.
export const firstVisit = (keys, elsewhere) => async function firstVisit(story) {
  const idOf = idIn(story, () => story.sitting.record)
  for (const one of story.parties) {
    const [, key] = one
    await story.sitting.addParty({ ...partyOf(story, one, idOf), ...(keys.includes(key) ? {} : { place: 'elsewhere', expected_at: elsewhere[key] }) })
  }
  story.tell(`到场 ${keys.map((key) => story.cast.who(key).name).join('、')}，其余各方另行核验`)
}

async function verifyHere(sitting) {
  const here = sitting.record.parties.filter((p) => p.place === 'here')
  for (const party of here) assert.equal((await sitting.checkIdentity(party.id)).result, 'matched')
  for (const party of here.filter((p) => p.needs_interview)) {
    await sitting.interview(party.id)
    await sitting.sign(party.id)
  }
}
export async function verifyThoseHere(story) {
  await verifyHere(story.sitting)
  story.tell('到场各方身份核验、询问、签名完成')
}
export async function handIn(story) {
  await story.sitting.push()
  await until('the board', () => story.sitting.reload(), (r) => r.case_state === 'collecting' && r.board)
  const missing = story.sitting.record.board.parties.filter((p) => p.state === 'missing')
  story.tell(`推送属地，等待其他各方：${missing.map((p) => `${p.name}（${p.place}）`).join('、')}，最迟 ${story.sitting.record.board.last_day}`)
}

async function openVisit(story, key, agency) {
  const sitting = new Sitting(await signIn(story.instance, agency, 'collector'))
  sitting.record = await sitting.client.post('/api/v1/collections/join', { case_number: story.number, code: await joinCode(story, key) })
  await verifyHere(sitting)
  return sitting
}
// A party comes to any hall with the case's number and his code.
export const visitHall = (key, agency) => async function visitHall(story) {
  const sitting = await openVisit(story, key, agency)
  await sitting.push()
  await until('the receipt', () => sitting.reload(), (r) => r.state === 'received')
  story.visit = sitting
  story.tell(`${story.cast.who(key).name} 到 ${sitting.client.session.agency_name} 现场核验、询问、签名，窗口推送`)
}
// The home side is there already, but hands in last.
export const homeSideWaits = (key) => async function homeSideWaits(story) {
  story.homeSide = await openVisit(story, key, story.home)
  const problem = await refused(story.homeSide.push())
  assert.equal(problem.code, 'collections.remote_first')
  story.tell(`属地一方已核验，须等异地各方先完成：${problem.title}`)
}
export async function homeSideLast(story) {
  await until('the others on the board', () => story.homeSide.reload(), (r) => r.board.parties.every((p) => p.own || p.state !== 'missing'))
  await story.homeSide.push()
  story.tell('异地各方已完成，属地一方最后提交')
}
// Nobody has to wait for one who does not come (H02).
export async function endByThoseWhoCame(story) {
  await story.sitting.reload()
  story.sitting.record = await story.sitting.client.post(`${story.sitting.path}/end`, { reason: '对方不再办理' }, { etag: etagOf(story.sitting.record) })
  await until('the end', () => story.sitting.reload(), (r) => r.case_state === 'withdrawn' || r.case_state === 'expired' || r.state === 'closed')
  story.tell(`已提交的一方结束申请：${story.sitting.record.case_state ?? story.sitting.record.state}，证据不再使用`)
}
