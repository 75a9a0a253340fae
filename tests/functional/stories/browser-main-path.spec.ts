// The main path as three kinds of people see it: in a real browser, on the built web, against the real program.
// TONGBAN_SCREENSHOTS=dir keeps pictures of every workplace (the README's come from here).
import { pdf, png } from '../lib/files.mjs'
import { collecting, home } from '../lib/story.mjs'
import { $, accessible, addPerson, fill, follow, interviewed, judgeChecklist, picture, signIn } from './browser.ts'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
const seen: { number?: string; certificate?: string; code?: string; file?: Buffer } = {}

test('the clerk in Qingdao collects and pushes', async ({ page, instance, people }) => {
  test.setTimeout(150_000)
  await signIn(page, instance, collecting, 'collector')
  await page.waitForURL('**/window')
  await $(page, 'new-sitting').click()
  await fill(page, 'search-home', '历下')
  await $(page, `home-${home}`).click()
  await picture(page, 'window-new')
  await $(page, 'item-DY-01').click()
  await $(page, 'start-sitting').click()
  await expect($(page, 'collection-number')).toContainText('DS370202')
  await expect($(page, 'case-number')).toContainText('TB370102', { timeout: 15_000 })
  seen.number = /TB\d{20}/.exec((await $(page, 'case-number').textContent()) ?? '')?.[0]
  expect(seen.number).toBeTruthy()

  // Application: a wrong number is refused in words while it is typed, the right one shows the unit at home.
  const unit = people.units.at(-1) // no other story mortgages it
  await fill(page, 'unit-number', unit.slice(0, 20))
  await $(page, 'save-application').click()
  await expect($(page, 'fault').first()).toBeVisible()
  await fill(page, 'unit-number', unit)
  await $(page, 'field-mortgage.way-general').click()
  await fill(page, 'field-mortgage.secured_amount_fen', '1200000')
  await fill(page, 'field-mortgage.debt_from', '2026-11-01')
  await page.keyboard.press('Tab')
  await fill(page, 'field-mortgage.debt_to', '2036-10-31')
  await page.keyboard.press('Tab')
  await fill(page, 'field-mortgage.contract_number', '演示抵字2026第0001号')
  await fill(page, 'field-mortgage.scope', '主债权本金、利息、违约金及实现抵押权的费用')
  await $(page, 'field-mortgage.transfer_ban-no').click()
  await $(page, 'save-application').click()
  await expect($(page, 'unit-preview')).toBeVisible()
  await picture(page, 'window-application')

  await $(page, 'step-parties').click()
  await addPerson(page, { role: 'mortgagor', kind: 'person', ...people.owner })
  await addPerson(page, { role: 'mortgagee', kind: 'organisation', ...people.bank })
  await addPerson(page, { role: 'agent', ...people.agent, represents: people.bank.name })
  for (let i = 0; i < 3; i++) {
    const party = $(page, 'party').nth(i)
    await party.locator('[data-test="identity-check"]').click()
    await expect(party.locator('[data-test="identity"]')).toHaveAttribute('data-result', 'matched')
  }
  await picture(page, 'window-parties')

  await $(page, 'step-interview').click()
  const { questions } = await (await page.request.get(`${instance.url}/api/v1/registries/${home}/items/DY-01`)).json()
  for (const name of [people.owner.name, people.agent.name]) {
    await interviewed(page, name, questions, async (asked) => { if (asked === 1 && name === people.owner.name) await picture(page, 'window-interview') })
  }

  await $(page, 'step-materials').click()
  const sitting = page.url().match(/window\/([0-9a-f-]{36})/)![1]
  const record = await (await page.request.get(`${instance.url}/api/v1/collections/${sitting}`)).json()
  let seed = 1
  for (const line of record.materials.filter((m: any) => m.required_now)) {
    await $(page, `line-${line.code}`).click()
    // A text file is refused in words first; nothing is lost by it.
    if (seed === 1) {
      await $(page, `upload-${line.code}`).setInputFiles({ name: '不是图片.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
      await expect(page.locator('[data-test="upload"][data-code="imaging.unsupported"]')).toBeVisible()
      await $(page, 'upload-drop').first().click()
    }
    await $(page, `upload-${line.code}`).setInputFiles([
      { name: '第一页.png', mimeType: 'image/png', buffer: png(seed++) },
      { name: '第二页.pdf', mimeType: 'application/pdf', buffer: pdf(2, 'Page') },
    ])
    await expect($(page, 'page')).toHaveCount(2, { timeout: 20_000 })
    if (seed === 2) {
      await $(page, 'page').first().locator('[data-test="page-rotate"]').click()
      await expect($(page, 'page').first()).toHaveAttribute('data-rotation', '90')
      await $(page, 'page').first().locator('[data-test="page-right"]').click()
      await expect($(page, 'page').first()).toHaveAttribute('data-name', '第二页.pdf')
    }
    await $(page, `form-${line.forms[0]}`).click()
    await $(page, 'check-pass').click()
    await expect($(page, `line-${line.code}`)).toHaveAttribute('data-mark', 'done')
    if (seed === 3) await picture(page, 'window')
  }

  // Everything survives a reload: the state is on the server.
  await page.reload()
  await $(page, 'step-finish').click()
  await accessible(page)
  const receipt = await page.request.get(`${instance.url}/api/v1/collections/${sitting}/receipt.pdf`)
  expect(receipt.ok()).toBe(true)
  await $(page, 'push').click()
  await page.locator('.confirm-yes').click()
  await expect($(page, 'delivery')).toHaveAttribute('data-state', 'received', { timeout: 20_000 })
  await picture(page, 'window-pushed')
})

test('Jinan accepts', async ({ page, instance }) => {
  await signIn(page, instance, home, 'acceptor')
  await page.waitForURL('**/home**')
  await $(page, `case-row-${seen.number}`).click()
  await expect($(page, 'case-sheet')).toBeVisible()
  await expect($(page, 'viewer-picture')).toBeVisible({ timeout: 20_000 })
  await picture(page, 'home')
  for (const tab of ['register', 'rules', 'interview', 'progress', 'documents', 'application']) {
    await $(page, `tab-${tab}`).click()
    if (tab === 'rules') await picture(page, 'home-rules')
  }
  await accessible(page)
  await $(page, 'action-accept').click()
  await $(page, 'decision-confirm').click()
  await $(page, 'tab-documents').click()
  await expect($(page, 'document-acceptance.pdf')).toBeVisible()
})

test('another person reviews, the fee notice goes out', async ({ page, instance }) => {
  await signIn(page, instance, home, 'reviewer')
  await page.goto(`${instance.url}/home/cases/${seen.number}`)
  await judgeChecklist(page)
  await picture(page, 'home-checklist')
  await accessible(page)
  await $(page, 'action-approve').click()
  await $(page, 'decision-confirm').click()
  await expect($(page, 'action-approve')).toHaveCount(0)
})

test('the bank pays through the gateway', async ({ page, instance, people }) => {
  await follow(page, instance, seen.number!, people.agent.phone)
  await expect($(page, 'bill-amount')).toContainText('80.00')
  await $(page, 'pay').click()
  await page.waitForURL(`${instance.sandboxUrl}/**`)
  await expect(page.locator('body')).toContainText('演示')
  await picture(page, 'gateway')
  await page.locator('form button, form input[type=submit]').first().click()
  await page.waitForURL(`${instance.url}/pay/return**`)
  await expect($(page, 'payment-result')).toHaveAttribute('data-state', 'paid', { timeout: 20_000 })
})

test('the registrar books the entry', async ({ page, instance }) => {
  await signIn(page, instance, home, 'registrar')
  await $(page, `case-row-${seen.number}`).click()
  await $(page, 'action-register').click()
  await picture(page, 'home-register')
  await $(page, 'decision-confirm').click()
  await expect($(page, 'certificate-number')).toContainText('不动产证明第', { timeout: 20_000 })
  await expect($(page, 'certificate-download')).toBeVisible({ timeout: 20_000 })
  seen.certificate = /鲁\(\d{4}\)历下区不动产证明第\d{7}号/.exec((await $(page, 'certificate-number').textContent()) ?? '')![0]
  const sheet = await (await page.request.get(`${instance.url}/api/v1/cases/${seen.number}`)).json()
  seen.code = sheet.certificate.code
  await picture(page, 'home-registered')
})

test('the owner downloads the certificate on a phone', async ({ browser, instance, people }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', isMobile: true })
  const page = await context.newPage()
  await follow(page, instance, seen.number!, people.owner.phone)
  await expect($(page, 'tracked-case')).toHaveAttribute('data-state', 'registered')
  await picture(page, 'track')
  await accessible(page)
  const answer = await page.request.get(`${instance.url}/api/v1/public/tracked-case/certificate.pdf`)
  seen.file = await answer.body()
  expect(seen.file.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await context.close()
})

test('anyone verifies it by number and code, and by the file', async ({ page, instance }) => {
  await page.goto(`${instance.url}/verify?number=${encodeURIComponent(seen.certificate!)}&code=${seen.code}`)
  await expect($(page, 'verdict')).toHaveAttribute('data-verdict', 'valid')
  await expect($(page, 'proven')).toBeVisible()
  await expect($(page, 'not-proven')).toBeVisible()
  await picture(page, 'verify')
  await accessible(page)
  await page.goto(`${instance.url}/verify`)
  await $(page, 'verify-file').setInputFiles({ name: '证明.pdf', mimeType: 'application/pdf', buffer: seen.file! })
  await expect($(page, 'verdict')).toHaveAttribute('data-verdict', 'valid')
  const forged = Buffer.from(seen.file!)
  forged[Math.floor(forged.length / 2)] ^= 1
  await page.goto(`${instance.url}/verify`)
  await $(page, 'verify-file').setInputFiles({ name: '证明.pdf', mimeType: 'application/pdf', buffer: forged })
  await expect($(page, 'verdict')).not.toHaveAttribute('data-verdict', 'valid')
})
