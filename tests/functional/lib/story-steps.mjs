// The steps that stories are made of. Each does one thing through the public API, checks what it must have done, and
// tells of it; tests/functional/lib/scenarios.mjs puts them together.
import { strict as assert } from 'node:assert'
import { Client, etagOf, refused, until } from './client.mjs'
import { pdf, png } from './files.mjs'
import { visitOwnCase } from './online.mjs'
import { CaseWork, payAtGateway, signIn, Sitting, track } from './story.mjs'

// One story: who plays what where, the sitting, the case. Steps read and change it.
export class Story {
  constructor(instance, cast, part, tell = () => {}) {
    Object.assign(this, { instance, cast, tell })
    this.item = part.item
    this.window = part.window ?? '370202'
    this.home = part.home ?? '370102'
    this.fee = part.fee ?? 0
    this.payer = part.payer
    this.document = part.document ?? 'proof'
    this.copies = part.copies ?? 1
    this.effect = part.effect
    this.unit = part.unit && cast.unit({ agency: this.home, ...part.unit })
    this.values = typeof part.values === 'function' ? part.values(this.unit) : part.values
    this.parties = part.parties ?? []
    this.extra = part.extra ?? []
    this.application = { unit_number: this.unit?.unit_number, values: this.values }
  }

  // A person on duty, signed in once per story. A second acceptor is another person.
  async desk(duty, agency = this.home) {
    this.desks ??= new Map()
    const key = `${agency} ${duty}`
    if (!this.desks.has(key)) this.desks.set(key, await signIn(this.instance, agency, duty))
    return this.desks.get(key)
  }
  // The case as somebody of the home registry sees it now.
  async caseAs(duty) {
    const work = new CaseWork(await this.desk(duty), this.number)
    await work.load()
    this.sheet = work.record
    return work
  }
  async act(duty, action, body) {
    const work = await this.caseAs(duty)
    this.sheet = await work.act(action, body)
    return work
  }
  // A party on the public pages: out of his account, or once with the phone's code, which is not sent twice a minute.
  async follow(key) {
    this.followed ??= new Map()
    const account = this.accounts?.get(key)
    if (!this.followed.has(key)) this.followed.set(key, await (account ? visitOwnCase(account, this.number) : track(this.instance, this.number, this.cast.who(key).phone)))
    return this.followed.get(key)
  }
  // The id of a party of the sitting, by the key of the person.
  partyId(key) {
    const number = this.cast.who(key).name
    const found = this.sitting.record.parties.find((p) => p.name === number)
    if (!found) throw new Error(`${key} is no party`)
    return found.id
  }
}

const identityWords = { matched: '一致', mismatched: '不一致', not_found: '查无此人' }

// ---------------------------------------------------------------- at the window

export async function open(story) {
  const clerk = await story.desk('collector', story.window)
  story.sitting = new Sitting(clerk)
  await story.sitting.open(story.home, story.item)
  story.number = story.sitting.record.case_number
  story.tell(`${clerk.session.agency_name} ${clerk.session.name} 开始代收：属地 ${story.sitting.record.home_name}，事项 ${story.sitting.record.item_name}，办件 ${story.number}`)
}

export async function apply(story) {
  await story.sitting.apply(story.application)
  story.tell(`申请信息已保存；属地回答：${story.sitting.record.unit?.location ?? ''}`)
}

// [role, key of the person, key of whom he acts for]
async function addParty(story, [role, key, actsFor]) {
  const who = story.cast.who(key)
  const person = who.kind === 'person'
  const card = ['citizen_card', 'residence_permit'].includes(who.document_type)
  return story.sitting.addParty({
    role, kind: who.kind, name: who.name, document_type: who.document_type, number: who.number, phone: who.phone,
    ...(person && !card ? { birth_date: who.birth_date } : {}), ...(actsFor ? { represents: story.partyId(actsFor) } : {}),
    ...(role === 'agent' && story.power?.agent === key ? { power: { form: 'standing', number: story.power.number } } : {}),
  })
}

export async function addParties(story) {
  for (const one of story.parties) await addParty(story, one)
}

export async function checkIdentities(story) {
  for (const { id, name, number_masked } of story.sitting.record.parties) {
    const identity = await story.sitting.checkIdentity(id)
    const former = identity.former_names?.length ? `，曾用名 ${identity.former_names.join('、')}` : ''
    story.tell(`${name}（${number_masked}）身份核验：${identityWords[identity.result]}${former}（演示接口）`)
  }
}

export async function interview(story) {
  let seed = 1
  for (const { id } of story.sitting.record.parties.filter((p) => p.needs_interview)) {
    await story.sitting.interview(id)
    await story.sitting.sign(id, seed++)
    const party = story.sitting.record.parties.find((p) => p.id === id)
    story.tell(`${party.name} 已逐项回答 ${party.questions.length} 个询问并签名`)
  }
}

export async function scanMaterials(story) {
  let seed = 1
  const wanted = story.sitting.record.materials.filter((m) => m.required_now || story.extra.includes(m.code))
  for (const code of story.extra) assert.ok(wanted.some((m) => m.code === code), `the list has no line ${code}`)
  for (const line of wanted) {
    await story.sitting.upload(line.code, `${line.title}.png`, png(seed++))
    if (line.code === 'M10') await story.sitting.upload(line.code, '合同.pdf', pdf(2, 'Contract'))
    await story.sitting.check(line.code)
  }
  story.tell(`收取并扫描 ${wanted.length} 项材料：${wanted.map((m) => m.code).join('、')}；形式检查通过`)
}

export async function receipt(story) {
  const paper = await story.desk('collector', story.window).then((clerk) => clerk.get(`${story.sitting.path}/receipt.pdf`, { want: 'bytes' }))
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-')
  story.tell(`异地代收材料清单（盖代收专用章）PDF ${paper.length} 字节`)
}

export async function push(story) {
  await story.sitting.push()
  await until('the home receipt', () => story.sitting.reload(), (r) => r.state === 'received')
  story.tell(`推送属地，属地已签名回执：资料包摘要 ${story.sitting.record.delivery.package_digest.slice(0, 16)}…`)
}

export const collect = [open, apply, addParties, checkIdentities, interview, scanMaterials, receipt, push]

// The window must be stopped by this problem; `rule`: the number that it cites.
export const pushRefused = (code, rule = '') => async function pushRefused(story) {
  const problem = await refused(story.sitting.push())
  assert.equal(problem.code, code)
  assert.ok(JSON.stringify(problem).includes(rule), `${rule} is not cited: ${JSON.stringify(problem)}`)
  story.tell(`推送被拒绝：${problem.title}${rule ? `（${rule}）` : ''}`)
}

export const cancel = (reason) => async function cancel(story) {
  story.sitting.record = await story.sitting.client.post(`${story.sitting.path}/cancel`, { reason }, { etag: etagOf(story.sitting.record) })
  assert.equal(story.sitting.record.state, 'cancelled')
  story.tell(`代收窗口取消本次代收：${reason}`)
}

// ---------------------------------------------------------------- standing powers of attorney

// The bank files it once at the registry where it sits; another person checks it against the paper.
export const filePower = (principal, agent, changes = {}) => async function filePower(story) {
  const clerk = await story.desk('collector', story.window)
  const reviewer = await story.desk('reviewer', story.window)
  const [bank, person] = [story.cast.who(principal), story.cast.who(agent)]
  let power = await clerk.post('/api/v1/powers', {
    principal: bank.name, principal_code: bank.number, agents: [{ name: person.name, document_type: 'citizen_card', number: person.number }],
    items: ['DY'], from: '2026-01-01', until: '2099-12-31', ...changes,
  })
  power = await clerk.call('PUT', `/api/v1/powers/${power.number}/paper`, { bytes: pdf(1, 'Power of attorney'), type: 'application/octet-stream', etag: etagOf(power) })
  const self = await refused(clerk.post(`/api/v1/powers/${power.number}/check`, {}, { etag: etagOf(power) }))
  assert.equal(self.code, 'access.forbidden')
  power = await reviewer.post(`/api/v1/powers/${power.number}/check`, { remark: '与原件一致' }, { etag: etagOf(power) })
  assert.equal(power.state, 'in_force')
  story.power = { number: power.number, agent }
  story.tell(`${bank.name} 的常设委托 ${power.number} 经另一人核对后备案，代理人 ${person.name}，事项 ${power.items.join('、')}`)
}

export async function powerCited(story) {
  const agent = story.sitting.record.parties.find((p) => p.power?.form === 'standing')
  assert.equal(agent.power.until, '2099-12-31', 'its last day is what its registry says')
  assert.equal(story.sitting.material('M04').required_now, false, 'no paper is taken in')
  story.tell(`代理人 ${agent.name} 引用常设委托 ${agent.power.number}，不再收取委托书`)
}

// The scope is too narrow: the agent cannot be added at all.
export const powerRefused = (code) => async function powerRefused(story) {
  const problem = await refused(addParties(story))
  assert.equal(problem.code, code)
  story.tell(`引用常设委托被拒绝：${problem.title}`)
}

export async function revokePower(story) {
  const clerk = await story.desk('collector', story.window)
  const path = `/api/v1/powers/${story.power.number}`
  const power = await clerk.post(`${path}/revocation`, { reason: '委托单位书面撤销' }, { etag: etagOf(await clerk.get(path)) })
  assert.equal(power.state, 'revoked')
  await until('the suspension', () => story.caseAs('reviewer').then(() => story.sheet), (sheet) => sheet.state === 'suspended')
  story.tell(`委托单位撤销常设委托 ${story.power.number}，属地随即暂停办理`)
}

// ---------------------------------------------------------------- at the home registry

const toConfirm = (sheet) => sheet.checks.filter((c) => !c.passed && c.severity === 'confirm').map((c) => c.rule)
const remarkFor = (sheet, confirmed = []) => (toConfirm(sheet).some((rule) => !confirmed.includes(rule)) ? { remark: '已逐项核实' } : {})

export async function accept(story) {
  const work = await story.caseAs('acceptor')
  const confirm = toConfirm(story.sheet)
  story.sheet = await work.act('acceptance', remarkFor(story.sheet))
  assert.equal(story.sheet.state, 'accepted')
  const paper = await work.client.get(`${work.path}/documents/acceptance.pdf`, { want: 'bytes' })
  story.tell(`${work.client.session.agency_name} ${work.client.session.name} 受理${confirm.length ? `，确认 ${confirm.join('、')}` : ''}，受理凭证 PDF ${paper.length} 字节，承诺办结 ${story.sheet.due_on}`)
}

export const acceptRefused = (rule) => async function acceptRefused(story) {
  const work = await story.caseAs('acceptor')
  const problem = await refused(work.act('acceptance', { remark: '已核实' }))
  assert.equal(problem.code, 'cases.blocked')
  assert.ok(JSON.stringify(problem).includes(rule))
  story.tell(`受理被规则 ${rule} 阻止：${problem.detail}`)
}

export async function approve(story) {
  const work = await story.act('reviewer', 'approval', {})
  const due = story.sheet.bill?.amount_fen ?? 0
  assert.equal(due, story.fee, `the fee is ${due} fen and not ${story.fee}`)
  assert.equal(story.sheet.state, due ? 'awaiting_payment' : 'paid')
  story.tell(`${work.client.session.name} 审核通过，${due ? `缴费通知 ${(due / 100).toFixed(2)} 元，由 ${story.sheet.bill.payer} 缴纳` : '本事项不收登记费'}`)
}

export async function payFee(story) {
  if (story.fee === 0) return
  const payer = await story.follow(story.payer)
  const { redirect_url } = await payer.post('/api/v1/public/tracked-case/payments', undefined)
  await payAtGateway(redirect_url)
  const paid = await until('the payment', () => payer.get('/api/v1/public/tracked-case'), (c) => c.bill?.state === 'paid')
  story.tell(`缴款人经支付网关（演示）缴费成功，流水 ${paid.bill.gateway_reference}`)
}

export async function enter(story) {
  const work = await story.caseAs('registrar')
  const remark = remarkFor(story.sheet, story.sheet.acceptance?.confirmed)
  story.sheet = await work.act('registration', Object.keys(remark).length ? remark : undefined)
  assert.equal(story.sheet.state, 'registered')
  story.tell(`${work.client.session.name} 登簿：${story.sheet.timeline.at(-1).text}`)
  if (story.effect) assert.ok(story.effect(story.sheet.register, story.sheet, story), `the register is not as it should be: ${JSON.stringify(story.sheet.register)}`)
}

export const enterRefused = (rule) => async function enterRefused(story) {
  const work = await story.caseAs('registrar')
  const problem = await refused(work.act('registration', { remark: '已核实' }))
  assert.equal(problem.code, 'cases.blocked')
  assert.ok(JSON.stringify(problem).includes(rule))
  story.tell(`登簿被规则 ${rule} 阻止`)
}

// Downloaded by a party, verified by number and code and by the file itself. An item that issues nothing has none.
export async function certificate(story) {
  if (story.document === 'none') {
    assert.equal(story.sheet.certificate, undefined)
    story.tell('本事项不发放证书、证明')
    return
  }
  const work = new CaseWork(await story.desk('registrar'), story.number)
  const { certificate } = await work.waitFor('the certificate', (r) => r.certificate?.state === 'issued')
  assert.equal(certificate.kind, story.document)
  const party = await story.follow(story.holder ?? story.payer ?? story.parties.find(([, , acts]) => !acts)[1])
  const file = await party.get('/api/v1/public/tracked-case/certificate.pdf', { want: 'bytes' })
  const anyone = new Client(story.instance.url)
  const byCode = await anyone.get(`/api/v1/public/certificate-checks?number=${encodeURIComponent(certificate.number)}&code=${encodeURIComponent(certificate.code)}`)
  const byFile = await anyone.call('POST', '/api/v1/public/certificate-checks', { bytes: file, type: 'application/pdf', key: null })
  assert.equal(byCode.verdict, 'valid')
  assert.equal(byFile.verdict, 'valid')
  story.certificate = certificate
  story.tell(`电子证照 ${certificate.number}（PDF ${file.length} 字节）已由当事人下载，编号和文件核验均有效`)
}

export const walkIn = [...collect, accept, approve, payFee, enter, certificate]

// ---------------------------------------------------------------- taxes

export async function declareTax(story) {
  const acceptor = await story.desk('acceptor')
  story.tax = await acceptor.post(`/api/v1/cases/${story.number}/tax`, undefined)
  assert.equal(story.tax.state, 'assessed')
  story.tell(`向税务机关（演示）申报：应缴 ${(story.tax.amount_fen / 100).toFixed(2)} 元，税款所属日期 ${story.tax.tax_date}`)
}

export async function payTax(story) {
  await payAtGateway(story.tax.pay_url)
  const acceptor = await story.desk('acceptor')
  story.tax = await acceptor.post(`/api/v1/cases/${story.number}/tax`, undefined)
  assert.equal(story.tax.state, 'paid')
  story.tell(`受让人在税务机关页面（演示）缴税，完税凭证 ${story.tax.receipt}`)
}

export async function taxRefundDue(story) {
  await story.caseAs('acceptor')
  assert.equal(story.sheet.tax.refund_at_tax_office, true)
  assert.ok(story.sheet.tax.receipt)
  story.tell(`已缴税款由纳税人凭凭证 ${story.sheet.tax.receipt} 向税务机关申请退税（契税法 12），平台不经手税款`)
}

// ---------------------------------------------------------------- other endings

export const requestSupplement = (line, text) => async function requestSupplement(story) {
  const work = await story.act('acceptor', 'supplement-request', { lines: [{ line, text, reason: 'unreadable_scan' }] })
  assert.equal(story.sheet.state, 'supplement')
  story.due = story.sheet.supplement.due_on
  story.tell(`${work.client.session.name} 一次性告知补正：${text}，补正期限至 ${story.due}`)
  if (story.sitting) await until('the request at the window', () => story.sitting.reload(), (r) => r.state === 'supplement')
}

export const supplement = (line) => async function supplement(story) {
  const old = story.sitting.material(line).pages.length
  await story.sitting.upload(line, '补正材料.png', png(99))
  await story.sitting.check(line)
  assert.equal(story.sitting.material(line).pages.length, old + 1)
  await story.sitting.push()
  await until('the second receipt', () => story.sitting.reload(), (r) => r.state === 'received')
  story.tell(`窗口补交 ${line} 并再次推送`)
}

export const refuseAcceptance = (body) => async function refuseAcceptance(story) {
  const work = await story.act('acceptor', 'non-acceptance', body)
  assert.equal(story.sheet.state, 'not_accepted')
  const paper = await work.client.get(`${work.path}/documents/non-acceptance.pdf`, { want: 'bytes' })
  await until('the end at the window', () => story.sitting.reload(), (r) => r.state === 'closed')
  story.tell(`${work.client.session.name} 不予受理：${body.reason}，告知书 PDF ${paper.length} 字节`)
}

export const refuse = (body) => async function refuse(story) {
  const work = await story.act('reviewer', 'refusal', body)
  assert.equal(story.sheet.state, 'refused')
  const paper = await work.client.get(`${work.path}/documents/refusal.pdf`, { want: 'bytes' })
  story.tell(`${work.client.session.name} 不予登记：${body.reason}，告知书 PDF ${paper.length} 字节`)
}

// One party asks online, with his phone's code.
export const askWithdrawal = (key, missing) => async function askWithdrawal(story) {
  const party = await story.follow(key)
  const answer = await party.post('/api/v1/public/tracked-case/withdrawal', { reason: '不再办理' })
  assert.equal(answer.missing, missing)
  story.tell(`${story.cast.who(key).name} 申请撤回，还有 ${missing} 方未申请`)
}

export async function withdrawalRefused(story) {
  const work = await story.caseAs('acceptor')
  const problem = await refused(work.act('withdrawal', { reason: '一方申请', parties: [] }))
  assert.match(problem.code, /^cases\./)
  story.tell(`不能撤回：${problem.title}${problem.detail ? `（${problem.detail}）` : ''}`)
}

export async function withdraw(story) {
  const work = await story.act('acceptor', 'withdrawal', { reason: '全体申请人申请撤回', parties: [] })
  assert.equal(story.sheet.state, 'withdrawn')
  const paper = await work.client.get(`${work.path}/documents/withdrawal.pdf`, { want: 'bytes' })
  story.tell(`${work.client.session.name} 准予撤回，PDF ${paper.length} 字节`)
}

export async function feeRefundDue(story) {
  await story.caseAs('acceptor')
  assert.ok(story.sheet.bill.refund_due_at, 'the fee is to be given back')
  const owed = JSON.parse(await story.instance.admin('admin', 'refunds', '--agency', story.home, '--json'))
  assert.ok(JSON.stringify(owed).includes(story.number), 'the list of refunds names the case')
  story.tell(`已缴登记费 ${(story.sheet.bill.amount_fen / 100).toFixed(2)} 元列入退付清单`)
}

// China's time, to the minute.
const chineseMinute = (at = Date.now()) => new Date(at + 8 * 3600_000).toISOString().slice(0, 16)

export async function seize(story) {
  const registrar = await story.desk('registrar')
  story.seizure = `(2026)演01执${story.unit.unit_number.slice(-5)}号`
  const done = await registrar.post(`/api/v1/units/${story.unit.unit_number}/court-documents`,
    { kind: 'seizure', organ: '演示市演示区人民法院', document_number: story.seizure, delivered_at: chineseMinute(), until: '2029-11-22' })
  const hit = [...done.suspended, ...done.told]
  assert.ok(hit.includes(story.number), `the case is not told: ${JSON.stringify(done)}`)
  story.tell(`属地收到查封文书 ${story.seizure}：${done.suspended.length ? '在办件随即暂停' : '已告知在办件'}`)
}

export async function release(story) {
  const registrar = await story.desk('registrar')
  await registrar.post(`/api/v1/units/${story.unit.unit_number}/court-documents`,
    { kind: 'release', document_number: story.seizure, releasing_document: story.seizure.replace('执', '执解') })
  story.tell('属地收到解除查封文书')
}

export const suspend = (body) => async function suspend(story) {
  const work = await story.act('reviewer', 'suspension', body)
  assert.equal(story.sheet.state, 'suspended')
  assert.equal(story.sheet.clock.state, 'paused')
  story.tell(`${work.client.session.name} 暂停办理：${body.legal}，计时停止`)
}

export async function isSuspended(story) {
  await story.caseAs('reviewer')
  assert.equal(story.sheet.state, 'suspended')
  assert.equal(story.sheet.clock.state, 'paused')
}

export async function resumeRefused(story) {
  const work = await story.caseAs('reviewer')
  const problem = await refused(work.act('resumption', {}))
  assert.equal(problem.code, 'cases.blocked')
  story.tell(`查封期间不能恢复办理：${problem.detail}`)
}

export async function resume(story) {
  const work = await story.act('reviewer', 'resumption', { remark: '原因消失' })
  assert.equal(story.sheet.clock.state, 'running')
  story.tell(`${work.client.session.name} 恢复办理，承诺办结 ${story.sheet.clock.due_on}`)
}

export const extendClock = (days) => async function extendClock(story) {
  const before = (await story.caseAs('supervisor')).record.clock
  await story.act('supervisor', 'clock-extension', { days, reason: '需要向住房城乡建设部门核实', legal: '《不动产登记暂行条例》第二十条' })
  assert.equal(story.sheet.clock.budget, before.budget + days)
  assert.ok(story.sheet.clock.due_on > before.due_on)
  story.tell(`督查人员延长 ${days} 个工作日，承诺办结由 ${before.due_on} 改为 ${story.sheet.clock.due_on}`)
}

// A page of the gateway that is open while the case ends: the money comes too late.
export async function openPaymentPage(story) {
  const payer = await story.follow(story.payer)
  story.paymentPage = (await payer.post('/api/v1/public/tracked-case/payments', undefined)).redirect_url
  story.tell('缴款人打开了支付页面，还没有确认')
}

export async function payTooLate(story) {
  await payAtGateway(story.paymentPage)
  const owed = await until('the late payment on the list', async () => JSON.parse(await story.instance.admin('admin', 'refunds', '--agency', story.home, '--json')),
    (all) => JSON.stringify(all).includes(story.number))
  assert.ok(owed)
  story.tell('办件结束后到账的款项没有丢失，列入退付清单')
}

export const endsAs = (state) => async function endsAs(story) {
  await story.caseAs('acceptor')
  assert.equal(story.sheet.state, state)
  await until('the end at the window', () => story.sitting.reload(), (r) => r.case_state === state)
}
