// An application made wholly on a phone (R4d), from the guide to the certificate, with a draft left and found again and a
// supplement given; and one that is filled in at home and confirmed at a hall (R4e).
import type { Page } from '@playwright/test'
import { Cast } from '../lib/cast.mjs'
import { png } from '../lib/files.mjs'
import { findScenario } from '../lib/scenarios.mjs'
import { CaseWork, collecting, home, signIn as signInStaff } from '../lib/story.mjs'
import { $, drawSignature, enterPortal, fill, fillField, interviewed, passLiveness, picture, signIn, sound } from './browser.ts'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
// A platform of its own: who applies twice for the same is refused, and other stories use these people, too.
test.use({ config: '\n# application\n', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' })

// The form, one thing a page, with what the scenario says; ends on the next task.
async function fillForm(page: Page, instance: any, item: string, unit: any, values: any) {
  const { fields } = await (await page.request.get(`${instance.url}/api/v1/registries/${home}/items/${item}`)).json()
  for (let i = 0; i < fields.length + 1 && (await $(page, 'form-page').count()); i++) {
    const key = await $(page, 'form-page').getAttribute('data-field')
    if (key === 'unit') await fill(page, 'unit-number', unit.unit_number)
    else if (values[key!] !== undefined) await fillField(page, fields.find((f: any) => f.key === key), values[key!])
    if (i < 3) await sound(page, `application-${item}-form-${i}`)
    await $(page, 'forward').click()
    await page.waitForFunction((was) => document.querySelector('[data-test="form-page"]')?.getAttribute('data-field') !== was, key)
  }
}

async function giveMaterials(page: Page, lines: string[], seed: number) {
  for (const [i, line] of lines.entries()) {
    await $(page, `line-${line}`).click()
    await $(page, `upload-${line}`).setInputFiles([{ name: `照片${seed + i}.png`, mimeType: 'image/png', buffer: png(seed + i) }])
    await expect($(page, 'page').last()).toBeVisible({ timeout: 20_000 })
    await expect($(page, 'line-done')).toBeEnabled({ timeout: 20_000 })
    if (i === 0) await sound(page, 'application-upload')
    await $(page, 'line-done').click()
    await expect($(page, `line-${line}`)).toHaveAttribute('data-state', 'done')
  }
}

async function handIn(page: Page) {
  for (const one of await page.locator('[data-test^="declare-"]').all()) await one.check()
  await $(page, 'submit').click()
  await expect($(page, 'application-done')).toBeVisible({ timeout: 20_000 })
}

test('one person, one phone: from the guide to the certificate', async ({ page, instance, people }) => {
  test.setTimeout(240_000)
  const part: any = findScenario('BZ-01', 'R4d')
  const cast = new Cast(people)
  const unit: any = cast.unit({ agency: home, ...part.unit })
  const values = part.values(unit)

  await page.goto(`${instance.url}/portal/apply/BZ-01/${home}`)
  await expect($(page, 'channel-online')).toBeVisible()
  await $(page, 'begin').click()
  await enterPortal(page, instance, people.owner)
  await $(page, 'begin').click()
  await expect($(page, 'tasks')).toBeVisible()
  await sound(page, 'application-tasks')
  await expect($(page, 'task-identity')).toBeDisabled()
  await $(page, 'task-form').click()
  // Nothing typed: the page says what is wrong, and where.
  await $(page, 'forward').click()
  await expect($(page, 'fault-summary')).toBeFocused()
  await sound(page, 'application-form-fault')
  await fillForm(page, instance, 'BZ-01', unit, values)

  await expect($(page, 'parties')).toBeVisible()
  await $(page, 'add-me').click()
  await $(page, 'party-role-holder').click()
  await sound(page, 'application-party')
  await $(page, 'save-party').click()
  await expect($(page, 'party')).toHaveCount(1)

  // Left, and found again.
  await page.goto(`${instance.url}/portal/cases`)
  await expect($(page, 'draft')).toHaveCount(1, { timeout: 15_000 })
  await sound(page, 'application-draft')
  await $(page, 'continue').click()
  await expect($(page, 'task-form')).toHaveAttribute('data-state', 'done')
  await expect($(page, 'task-parties')).toHaveAttribute('data-state', 'done')
  await $(page, 'task-identity').click()
  await sound(page, 'application-identity')
  await $(page, 'to-liveness').click()
  await passLiveness(page)
  await $(page, 'identify').click()
  await expect($(page, 'question')).toBeVisible({ timeout: 15_000 })
  const { questions } = await (await page.request.get(`${instance.url}/api/v1/registries/${home}/items/BZ-01`)).json()
  for (let i = 0; i < 20 && !(await $(page, 'readback').isVisible()); i++) {
    const id = await $(page, 'question').getAttribute('data-question')
    if (i === 0) await sound(page, 'application-question')
    if (await page.locator('textarea[data-test="answer"]').count()) await page.locator('textarea[data-test="answer"]').fill('已说明，情况属实')
    else await $(page, questions.find((q: any) => q.id === id)?.expected === 'no' ? 'answer-no' : 'answer-yes').check()
    await $(page, 'forward').click()
    await page.waitForFunction((was) => document.querySelector('[data-test="readback"]') || document.querySelector('[data-test="question"]')?.getAttribute('data-question') !== was, id)
  }
  await sound(page, 'application-sign')
  await drawSignature(page)

  await expect($(page, 'materials')).toBeVisible({ timeout: 15_000 })
  await sound(page, 'application-materials')
  const open = await page.locator('[data-test^="line-"][data-state="open"]').evaluateAll((all) => all.map((e) => e.getAttribute('data-test')!.slice(5)))
  expect(open.length).toBeGreaterThan(0)
  await giveMaterials(page, open, 51)
  await $(page, 'forward').click()

  await expect($(page, 'check-answers')).toBeVisible()
  await expect($(page, 'missing')).toHaveCount(0)
  await sound(page, 'application-check')
  // Undeclared: refused before it is sent.
  await $(page, 'submit').click()
  await expect($(page, 'fault-summary')).toBeFocused()
  await sound(page, 'application-check-fault')
  await handIn(page)
  await sound(page, 'application-done')
  const number = (await $(page, 'case-number').textContent())!.trim()
  expect(number).toMatch(/^TB370102/)

  // The registry wants one page again; the person gives it on the phone.
  const acceptor = new CaseWork(await signInStaff(instance, home, 'acceptor'), number)
  await acceptor.waitFor('the application', (r: any) => r.state === 'filed')
  await acceptor.act('supplement-request', { lines: [{ line: open[0], text: '照片不清楚，请重拍', reason: 'unreadable_scan' }] })
  await page.goto(`${instance.url}/portal/cases`)
  const mine = page.locator(`[data-test="own-case"][data-number="${number}"]`)
  await expect(mine).toHaveAttribute('data-state', 'supplement', { timeout: 15_000 })
  await expect(mine.locator('.turn.applicant')).toBeVisible()
  await sound(page, 'application-supplement-case')
  await mine.locator('[data-test="to-application"]').click()
  await expect($(page, 'supplement')).toContainText('照片不清楚')
  await sound(page, 'application-supplement')
  await $(page, 'task-materials').click()
  await giveMaterials(page, [open[0]!], 71)
  await $(page, 'forward').click()
  await handIn(page)
  await acceptor.waitFor('the supplement', (r: any) => r.state === 'filed')

  await acceptor.act('acceptance', { remark: '已逐项核实' })
  const reviewer = new CaseWork(await signInStaff(instance, home, 'reviewer'), number)
  await reviewer.act('approval', {})

  // Pays out of "my cases", and has the certificate there.
  await page.goto(`${instance.url}/portal/cases`)
  await expect(mine).toHaveAttribute('data-state', 'awaiting_payment', { timeout: 15_000 })
  await mine.locator('[data-test="look"]').click()
  await $(page, 'pay').click()
  await page.waitForURL(`${instance.sandboxUrl}/**`)
  await page.locator('form button, form input[type=submit]').first().click()
  await expect($(page, 'payment-result')).toHaveAttribute('data-state', 'paid', { timeout: 20_000 })
  const registrar = new CaseWork(await signInStaff(instance, home, 'registrar'), number)
  await registrar.waitFor('the payment', (r: any) => r.state === 'paid')
  await registrar.act('registration', { remark: '已核实' })
  await page.goto(`${instance.url}/portal/cases`)
  await expect(mine).toHaveAttribute('data-state', 'registered', { timeout: 15_000 })
  await mine.locator('[data-test="look"]').click()
  await expect($(page, 'tracked-case')).toHaveAttribute('data-state', 'registered')
  await sound(page, 'application-registered')
  const file = await (await page.request.get(`${instance.url}/api/v1/public/tracked-case/certificate.pdf`)).body()
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')
})



test('filled in on a phone, confirmed at a hall', async ({ browser, page, instance, people }) => {
  test.setTimeout(240_000)
  const part: any = findScenario('YG-01', 'R4e')
  const cast = new Cast(people)
  const unit: any = cast.unit({ agency: home, ...part.unit })
  const buyer = cast.who('buyer')
  await page.goto(`${instance.url}/portal/apply/YG-01/${home}`)
  await expect($(page, 'channel-online_then_hall')).toBeVisible()
  await $(page, 'begin').click()
  await enterPortal(page, instance, buyer)
  await $(page, 'begin').click()
  await $(page, 'task-form').click()
  await fillForm(page, instance, 'YG-01', unit, part.values)

  await expect($(page, 'parties')).toBeVisible()
  for (const [role, key, acts] of part.parties) {
    const who = cast.who(key)
    await $(page, 'add-other').click()
    await $(page, `party-role-${role}`).click()
    if (acts) await $(page, 'party-represents').selectOption({ label: cast.who(acts).name })
    const kind = $(page, `party-kind-${who.kind}`)
    if (await kind.count()) await kind.click()
    await fill(page, 'party-name', who.name)
    await fill(page, 'party-number', who.number)
    await fill(page, 'party-phone', who.phone)
    await $(page, 'save-party').click()
    await expect(page.locator(`[data-test="party"][data-name="${who.name}"]`)).toBeVisible()
  }
  await sound(page, 'hall-parties')
  await page.goto(page.url().replace(/\?.*/, ''))
  await $(page, 'task-materials').click()
  const open = await page.locator('[data-test^="line-"][data-state="open"]').evaluateAll((all) => all.map((e) => e.getAttribute('data-test')!.slice(5)))
  await giveMaterials(page, open, 91)
  await $(page, 'forward').click()
  await $(page, 'to-tasks').click()
  await $(page, 'task-check').click()
  await handIn(page)
  await expect($(page, 'awaited')).toBeVisible({ timeout: 15_000 })
  await sound(page, 'hall-awaited')
  const number = (await $(page, 'case-number').textContent())!.trim()

  // At a hall far from the home: the clerk joins with the number and the code from his SMS.
  const text = (await (await fetch(`${instance.sandboxUrl}/sms/messages?phone=${buyer.phone}`)).json()).messages.find((m: any) => m.text.includes(number) && /核验码/.test(m.text)).text
  const desk = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage()
  await signIn(desk, instance, collecting, 'collector')
  await $(desk, 'join-sitting').click()
  await fill(desk, 'join-number', number)
  await fill(desk, 'join-code', /核验码 (\d{8})/.exec(text)![1])
  await $(desk, 'join-go').click()
  await expect($(desk, 'party').first()).toBeVisible({ timeout: 15_000 })
  await $(desk, 'party').first().locator('[data-test="identity-check"]').click()
  await expect($(desk, 'party').first().locator('[data-test="identity"]')).toHaveAttribute('data-result', 'matched')
  await picture(desk, 'hall-joined')
  await $(desk, 'step-interview').click()
  const { questions } = await (await page.request.get(`${instance.url}/api/v1/registries/${home}/items/YG-01`)).json()
  await interviewed(desk, buyer.name, questions)
  await $(desk, 'step-finish').click()
  await $(desk, 'push').click()
  await desk.locator('.confirm-yes').click()
  await expect($(desk, 'delivery')).toHaveAttribute('data-state', 'received', { timeout: 20_000 })
  await desk.context().close()

  // On the phone: he is verified, the developer is still awaited.
  await page.goto(`${instance.url}/portal/cases`)
  const mine = page.locator(`[data-test="own-case"][data-number="${number}"]`)
  await expect(mine).toHaveAttribute('data-state', 'collecting', { timeout: 15_000 })
  await mine.locator('[data-test="to-application"]').click()
  await expect($(page, 'awaited')).not.toContainText('买受人')
  await sound(page, 'hall-verified')
})
