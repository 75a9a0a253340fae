// The main path, told once: R4b for DY-01. ./run tour shows it to a person, the API stories and the crash test take pieces of it.
import { randomUUID } from 'node:crypto'
import { Client, etagOf, until } from './client.mjs'
import { pdf, png, signaturePng } from './files.mjs'

export const collecting = '370202' // 青岛市市南区
export const home = '370102' // 济南市历下区

// What one demo case is about; the owner and the unit come from the demo province.
export function mortgageApplication(unitNumber, changes = {}) {
  return {
    unit_number: unitNumber,
    values: {
      'mortgage.way': 'general', 'mortgage.secured_amount_fen': 120_000_000, 'mortgage.debt_from': '2026-11-01',
      'mortgage.debt_to': '2036-10-31', 'mortgage.scope': '主债权本金、利息、违约金及实现抵押权的费用',
      'mortgage.transfer_ban': false, 'mortgage.contract_number': '演示抵字2026第0001号', ...changes,
    },
  }
}

export async function signIn(instance, agency, duty) {
  const account = instance.account(agency, duty)
  const client = new Client(instance.url)
  client.session = await client.signIn(account.login, account.password)
  return client
}

// A sitting at the window, step by step; every step returns the sitting as the server answered it.
export class Sitting {
  constructor(client) { this.client = client }
  get path() { return `/api/v1/collections/${this.record.id}` }
  get etag() { return etagOf(this.record) }

  async open(homeRegistry = home, item = 'DY-01') {
    this.record = await this.client.post('/api/v1/collections', { home: homeRegistry, item })
    return this.linked()
  }
  // The home registry's answer with the case number arrives milliseconds later and is a new version of the sitting.
  linked() { return until('the case number', () => this.reload(), (r) => r.case_number, { every: 5 }) }
  async reload() { return (this.record = await this.client.get(this.path)) }
  async apply(application) { return (this.record = await this.client.put(`${this.path}/application`, application, { etag: this.etag })) }
  async addParty(party) {
    const before = new Set(this.record.parties.map((p) => p.id))
    this.record = await this.client.post(`${this.path}/parties`, party, { etag: this.etag })
    return this.record.parties.find((p) => !before.has(p.id))
  }
  async checkIdentity(party) {
    this.record = await this.client.post(`${this.path}/parties/${party}/identity-check`, undefined, { etag: this.etag })
    return this.record.parties.find((p) => p.id === party).identity
  }
  questionsFor(party) { return this.record.questions.filter((q) => party.questions.includes(q.id)) }
  async interview(party) {
    for (const question of this.questionsFor(this.record.parties.find((p) => p.id === party))) {
      const answer = question.answer === 'yes_no' ? question.expected || 'yes' : '已说明，情况属实'
      this.record = await this.client.put(`${this.path}/parties/${party}/interview`, { question: question.id, answer }, { etag: this.etag })
    }
  }
  async sign(party, seed = 1) {
    this.record = await this.client.call('PUT', `${this.path}/parties/${party}/signature`, { bytes: signaturePng(seed), type: 'image/png', etag: this.etag })
  }
  async upload(line, name, bytes, { page = randomUUID(), key, signal } = {}) {
    this.record = await this.client.call('PUT', `${this.path}/materials/${line}/pages/${page}`, { bytes, type: 'application/octet-stream', headers: { 'X-File-Name': encodeURIComponent(name) }, key, signal })
    return page
  }
  material(line) { return this.record.materials.find((m) => m.code === line) }
  async check(line, changes = {}) {
    const material = this.material(line)
    const form = material.forms.includes(material.form) ? material.form : material.forms[0]
    const body = { form, copies: 1, check: 'passed', pages: material.pages.map(({ id, rotation }) => ({ id, rotation })), ...changes }
    return (this.record = await this.client.put(`${this.path}/materials/${line}`, body, { etag: this.etag }))
  }
  async push(options = {}) { return (this.record = await this.client.post(`${this.path}/push`, undefined, { etag: this.etag, ...options })) }

  // Everything from the application to the last required material, ready to be pushed.
  async prepare(people, { unitNumber, application = {}, pages = 1, tell = () => {} } = {}) {
    await this.apply(mortgageApplication(unitNumber ?? people.unit, application))
    tell('application', `申请信息已保存；属地回答：${this.record.unit?.location ?? ''}`)
    const owner = await this.addParty({ role: 'mortgagor', kind: 'person', name: people.owner.name, document_type: 'citizen_card', number: people.owner.number, phone: people.owner.phone, from_reader: true })
    const bank = await this.addParty({ role: 'mortgagee', kind: 'organisation', name: people.bank.name, document_type: 'credit_code', number: people.bank.number, phone: people.bank.phone })
    const agent = await this.addParty({ role: 'agent', kind: 'person', name: people.agent.name, document_type: 'citizen_card', number: people.agent.number, phone: people.agent.phone, represents: bank.id, from_reader: true })
    for (const party of [owner, bank, agent]) {
      const identity = await this.checkIdentity(party.id)
      tell('identity', `${party.name}（${party.number_masked}）身份核验：${{ matched: '一致', mismatched: '不一致', not_found: '查无此人' }[identity.result]}（演示接口）`)
    }
    for (const [i, party] of this.record.parties.filter((p) => p.needs_interview).entries()) {
      await this.interview(party.id)
      await this.sign(party.id, i + 1)
      tell('interview', `${party.name} 已逐项回答 ${this.questionsFor(party).length} 个询问并签名`)
    }
    let seed = 1
    for (const line of this.record.materials.filter((m) => m.required_now)) {
      for (let i = 0; i < pages; i++) await this.upload(line.code, `${line.title}-${i + 1}.png`, png(seed++))
      if (line.code === 'M10') await this.upload(line.code, '合同.pdf', pdf(2, 'Contract'))
      await this.check(line.code)
      tell('material', `${line.code} ${line.title}：${this.material(line.code).pages.length} 个文件，形式检查通过`)
    }
    return this.record
  }
}

// A person of the home registry acting on one case.
export class CaseWork {
  constructor(client, number) { this.client = client; this.path = `/api/v1/cases/${number}` }
  // Whoever is not at work on the case says why he looks; to the others the reason means nothing.
  async load() { return (this.record = await this.client.get(`${this.path}?reason=${encodeURIComponent('核对办理情况')}`)) }
  async act(action, json, options = {}) {
    if (!this.record) await this.load()
    if (action === 'approval') await this.answerChecklist()
    return (this.record = await this.client.post(`${this.path}/${action}`, json, { etag: etagOf(this.record), ...options }))
  }
  // Confirms what the machine proposes, and rests the others on the first page of the papers. Does nothing where it is
  // not asked of this person: the approval says why.
  async answerChecklist() {
    if (!this.record.desk_actions?.includes('answer_checklist')) return
    const duty = this.record.state === 'filed' ? 'acceptor' : 'reviewer'
    const page = this.record.materials.flatMap((m) => m.pages)[0]?.id
    const answers = this.record.checklist.filter((q) => q.duties.includes(duty)).map((q) => ({
      question: q.id, answer: 'yes', proposed: q.proposal?.answer === 'yes',
      evidence: q.proposal?.answer === 'yes' ? q.proposal.evidence : page ? [{ kind: 'page', ref: page, leaf: 1 }] : [{ kind: 'register' }],
    }))
    this.record = await this.client.put(`${this.path}/checklist`, { answers }, { etag: etagOf(this.record) })
  }
  waitFor(what, good, options) { return until(what, () => this.load(), good, options) }
}

// The demo people as the sandbox's ID reader and the demo province know them.
export async function demoPeople(instance) { return JSON.parse(await instance.admin('admin', 'demo-people', '--json')) }

const messagesTo = async (instance, phone) => (await (await fetch(`${instance.sandboxUrl}/sms/messages?phone=${phone}`)).json()).messages
export const lastSms = async (instance, phone) => Math.max(0, ...(await messagesTo(instance, phone)).map((m) => m.id))

// The code of the first 验证码 message after the one with id `after`.
export async function smsCode(instance, phone, after) {
  const code = (m) => /验证码\D*(\d{6})/.exec(m.text)?.[1]
  const message = await until('the SMS code', async () => (await messagesTo(instance, phone)).find((m) => m.id > after && code(m)), Boolean)
  return code(message)
}

// The applicant or the bank following a case by its number and the phone's code.
export async function track(instance, caseNumber, phone) {
  const client = new Client(instance.url)
  const before = await lastSms(instance, phone)
  await client.call('POST', '/api/v1/public/tracking-codes', { json: { case_number: caseNumber, phone }, key: null })
  const code = await smsCode(instance, phone, before)
  client.tracked = await client.call('POST', '/api/v1/public/tracking-sessions', { json: { case_number: caseNumber, phone, code }, key: null })
  client.csrf = client.tracked.csrf_token
  return client
}

// Pays at the sandbox's gateway as a browser would: opens the page, presses its button.
export async function payAtGateway(redirectUrl) {
  const page = await (await fetch(redirectUrl)).text()
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
  if (!action) throw new Error('the gateway page has no form')
  const answer = await fetch(new URL(action.replaceAll('&amp;', '&'), redirectUrl), { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: '' })
  if (answer.status >= 400) throw new Error(`the gateway answered ${answer.status}`)
  return answer.headers.get('location')
}

// Once the newest act of the case is sealed: a second at most.
async function capsuleOf(client, path) {
  const answer = await until('the capsule', async () => {
    try { return await client.get(path, { want: 'bytes' }) } catch (error) { if (error.code === 'capsule.not_sealed_yet') return null; throw error }
  }, (bytes) => bytes)
  return answer
}

// The whole path. `tell(step, text)` hears of every step; returns what a caller may want to look at.
export async function mainPath(instance, { tell = () => {}, people, unitNumber } = {}) {
  people ??= await demoPeople(instance)
  const clerk = await signIn(instance, collecting, 'collector')
  tell('sign-in', `代收窗口：${clerk.session.agency_name} ${clerk.session.name} 登录`)
  const sitting = new Sitting(clerk)
  await sitting.open()
  tell('open', `开始代收 ${sitting.record.number}：属地 ${sitting.record.home_name}，事项 ${sitting.record.item_name}，材料清单版本 ${sitting.record.catalog_version}`)
  await sitting.prepare(people, { unitNumber, tell })
  const receipt = await clerk.get(`${sitting.path}/receipt.pdf`, { want: 'bytes' })
  tell('receipt', `异地代收材料清单（盖代收专用章，两联）PDF ${receipt.length} 字节`)
  await sitting.push()
  tell('push', `推送属地：资料包摘要 ${sitting.record.delivery.package_digest.slice(0, 16)}…`)
  await until('the home receipt', () => sitting.reload(), (r) => r.state === 'received')
  const number = sitting.record.case_number
  tell('received', `属地已接收并签名回执，办件编号 ${number}`)

  const acceptor = new CaseWork(await signIn(instance, home, 'acceptor'), number)
  await acceptor.load()
  tell('open-case', `${acceptor.client.session.agency_name} ${acceptor.client.session.name} 打开办件：${acceptor.record.checks.filter((c) => c.passed).length}/${acceptor.record.checks.length} 项预审规则通过`)
  await acceptor.act('acceptance', {})
  const accepted = await acceptor.client.get(`${acceptor.path}/documents/acceptance.pdf`, { want: 'bytes' })
  tell('accept', `受理，出具受理凭证 PDF ${accepted.length} 字节，承诺办结 ${acceptor.record.due_on}`)
  const reviewer = new CaseWork(await signIn(instance, home, 'reviewer'), number)
  await reviewer.act('approval', {})
  tell('approve', `${reviewer.client.session.name} 审核通过，缴费通知 ${(reviewer.record.bill.amount_fen / 100).toFixed(2)} 元，由 ${reviewer.record.bill.payer} 缴纳`)

  const bank = await track(instance, number, people.agent.phone)
  const { redirect_url } = await bank.post('/api/v1/public/tracked-case/payments', undefined)
  const back = await payAtGateway(redirect_url)
  const paid = await until('the payment', () => bank.get('/api/v1/public/tracked-case'), (c) => c.bill?.state === 'paid')
  tell('pay', `银行经支付网关（演示）缴费成功，流水 ${paid.bill.gateway_reference}，返回 ${new URL(back, redirect_url).pathname}`)

  const registrar = new CaseWork(await signIn(instance, home, 'registrar'), number)
  await registrar.act('registration', undefined)
  tell('register', `${registrar.client.session.name} 登簿：第 ${registrar.record.entry.mortgage_order} 顺位抵押权，${registrar.record.certificate.number}`)
  await registrar.waitFor('the certificate', (r) => r.certificate?.state === 'issued')
  const owner = await track(instance, number, people.owner.phone)
  const certificate = await owner.get('/api/v1/public/tracked-case/certificate.pdf', { want: 'bytes' })
  const sealed = await owner.get('/api/v1/public/tracked-case/certificate.ofd', { want: 'bytes' })
  tell('certificate', `电子证照已生成并由当事人下载，PDF ${certificate.length} 字节，OFD ${sealed.length} 字节`)

  const anyone = new Client(instance.url)
  const { number: certificateNumber, code, verify_path } = registrar.record.certificate
  const byCode = await anyone.get(`/api/v1/public/certificate-checks?number=${encodeURIComponent(certificateNumber)}&code=${encodeURIComponent(code)}`)
  const byFile = await anyone.call('POST', '/api/v1/public/certificate-checks', { bytes: certificate, type: 'application/pdf', key: null })
  const bySealed = await anyone.call('POST', '/api/v1/public/certificate-checks', { bytes: sealed, type: 'application/ofd', key: null })
  const trusted = await anyone.get('/api/v1/public/trusted-certificates.pem', { want: 'bytes' })
  const capsule = await capsuleOf(registrar.client, `${registrar.path}/capsule.zip`)
  const ownCapsule = await capsuleOf(owner, '/api/v1/public/tracked-case/capsule.zip')
  const byCapsule = await anyone.call('POST', '/api/v1/public/certificate-checks', { bytes: ownCapsule, type: 'application/zip', key: null })
  tell('capsule', `办件存证包：登记机构全件 ${capsule.length} 字节，当事人本人部分 ${ownCapsule.length} 字节（公开核验 → ${byCapsule.verdict}）`)
  tell('verify', `任何人核验：编号+验证码 → ${byCode.verdict}；上传 PDF → ${byFile.verdict}，OFD → ${bySealed.verdict}（${byFile.text}）`)
  return { people, sitting, number, receipt, accepted, certificate, sealed, capsule, ownCapsule, trusted, certificateNumber, code, verifyPath: verify_path, byCode, byFile, bySealed, byCapsule, clerk, acceptor, reviewer, registrar, bank, owner, anyone }
}
