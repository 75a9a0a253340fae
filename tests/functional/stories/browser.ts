// What people do in the browser, for all browser stories. TONGBAN_SCREENSHOTS=dir keeps the pictures.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lastSms, smsCode } from '../lib/story.mjs'

export const $ = (page: Page, id: string) => page.locator(`[data-test="${id}"]`)

export async function fill(page: Page, id: string, text: string) {
  const box = $(page, id).first()
  const input = (await box.evaluate((e) => e.matches('input, textarea'))) ? box : box.locator('input, textarea').first()
  await input.fill(text)
}

// One field of an application with what the scenario says (lib/scenarios.mjs).
export async function fillField(page: Page, field: any, value: any) {
  const box = `field-${field.key}`
  if (field.kind === 'yes_no') return $(page, `${box}-${value ? 'yes' : 'no'}`).click()
  if (field.kind === 'choice') {
    const list = page.locator(`select[data-test="${box}"]`)
    return (await list.count()) ? list.selectOption(value) : $(page, `${box}-${value}`).click()
  }
  await fill(page, box, field.kind === 'money' ? String(value / 100) : String(value))
  if (field.kind === 'date') await page.keyboard.press('Tab')
}

export async function picture(page: Page, name: string, fullPage = false) {
  const folder = process.env.TONGBAN_SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage })
}

export async function accessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map((v) => `${v.id}: ${v.nodes[0]?.target}`)).toEqual([])
}

// A page of the portal on a phone: no serious fault of accessibility, nothing wider than the screen.
export async function sound(page: Page, name: string) {
  await picture(page, name, true)
  await accessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${name} is wider than the phone`).toBeLessThanOrEqual(0)
}

// The portal's sign-in form, which is open.
export async function enterPortal(page: Page, instance: any, person: { name: string; number: string; phone: string }) {
  await fill(page, 'sign-in-name', person.name)
  await fill(page, 'sign-in-number', person.number)
  await fill(page, 'sign-in-phone', person.phone)
  const before = await lastSms(instance, person.phone)
  await $(page, 'sign-in-send').click()
  await expect($(page, 'sign-in-code')).toBeVisible()
  await fill(page, 'sign-in-code', await smsCode(instance, person.phone, before))
  await $(page, 'sign-in-enter').click()
}

// The liveness check at the provider's page, passed, and back to where it was asked for.
export async function passLiveness(page: Page) {
  await $(page, 'liveness-consent').check()
  await $(page, 'liveness-start').click()
  await $(page, 'liveness-passed').click()
  await expect($(page, 'liveness-result')).toHaveAttribute('data-state', 'passed', { timeout: 15_000 })
  await $(page, 'liveness-go-on').click()
}

export async function signIn(page: Page, instance: any, agency: string, duty: string) {
  const account = instance.account(agency, duty)
  await page.goto(`${instance.url}/login`)
  await fill(page, 'login', account.login)
  await fill(page, 'password', account.password)
  await $(page, 'sign-in').click()
  await expect($(page, 'agency')).toBeVisible()
  await expect($(page, 'demonstration').first()).toBeVisible()
}

export async function addPerson(page: Page, party: { role: string; kind?: string; name: string; number: string; phone: string; represents?: string }) {
  const before = await $(page, 'party').count()
  await $(page, 'add-party').click()
  await $(page, `role-${party.role}`).click()
  if (party.kind) await $(page, `kind-${party.kind}`).click()
  await fill(page, 'party-name', party.name)
  await fill(page, 'party-number', party.number)
  await fill(page, 'party-phone', party.phone)
  if (party.represents) {
    const chosen = $(page, 'represents')
    const value = await chosen.locator('option').evaluateAll((all, name) => (all as HTMLOptionElement[]).find((o) => o.text.includes(name))!.value, party.represents)
    await chosen.selectOption(value)
  }
  await $(page, 'save-party').click()
  await expect($(page, 'party')).toHaveCount(before + 1)
  // The form closes a moment later and everything below it moves up: whoever clicks before that hits nothing.
  await expect($(page, 'save-party')).toHaveCount(0)
}

export async function drawSignature(page: Page) {
  await $(page, 'signature-pad').scrollIntoViewIfNeeded()
  const pad = (await $(page, 'signature-pad').boundingBox())!
  await page.mouse.move(pad.x + 30, pad.y + pad.height / 2)
  await page.mouse.down()
  for (let x = 30; x < pad.width - 30; x += 12) await page.mouse.move(pad.x + x, pad.y + pad.height / 2 + Math.sin(x / 15) * pad.height * 0.3)
  await page.mouse.up()
  await $(page, 'sign').click()
}

// One question after the other until the read-back is there, then the signature. `questions`: those of the item.
export async function interviewed(page: Page, name: string, questions: any[], look: (asked: number) => Promise<void> = async () => {}) {
  const person = page.locator(`[data-test="interview-person"][data-name="${name}"]`)
  await person.click()
  for (let i = 0; i < 20 && !(await $(page, 'readback').isVisible()); i++) {
    const id = await $(page, 'question').getAttribute('data-question')
    if (await $(page, 'answer-text').isVisible()) {
      await fill(page, 'answer-text', '已说明，情况属实')
      await $(page, 'answer-save').click()
    } else {
      const expected = questions.find((q) => q.id === id)?.expected
      await $(page, expected === 'no' ? 'answer-no' : 'answer-yes').click()
    }
    await look(i)
    await page.waitForFunction(
      (was) => document.querySelector('[data-test="readback"]') || document.querySelector('[data-test="question"]')?.getAttribute('data-question') !== was,
      id,
    )
  }
  await drawSignature(page)
  await expect(person).toContainText('已签名')
}

// The reviewer's checklist: what the machine proposes is confirmed, the rest rests on the page that is on the screen.
export async function judgeChecklist(page: Page) {
  await $(page, 'tab-checklist').click()
  await page.locator('[data-test^="material-"]').first().click()
  for (let i = 0; i < 12 && !(await $(page, 'checklist-open').textContent())?.includes('均已判断'); i++) {
    const before = await $(page, 'answer-of-reviewer').count()
    await page.keyboard.press('1')
    await expect($(page, 'answer-of-reviewer')).toHaveCount(before + 1)
  }
}

// The page of a case, entered with its number and the code that the phone gets.
export async function follow(page: Page, instance: any, number: string, phone: string) {
  await page.goto(`${instance.url}/track?number=${number}`)
  await fill(page, 'track-number', number)
  await fill(page, 'track-phone', phone)
  const before = await lastSms(instance, phone)
  await $(page, 'track-send').click()
  await expect($(page, 'track-code')).toBeVisible()
  await fill(page, 'track-code', await smsCode(instance, phone, before))
  await $(page, 'track-enter').click()
  await expect($(page, 'tracked-case')).toBeVisible()
}
