// The fee of a case is paid twice: the second payment goes back by itself, the cashier sees it go, and the day agrees with the
// gateway's statement. What the gateway never told of is found by the comparison and booked by a person.
// TONGBAN_SCREENSHOTS=dir keeps pictures of the cashier's pages.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Cast } from '../lib/cast.mjs'
import { findScenario } from '../lib/scenarios.mjs'
import { home } from '../lib/story.mjs'
import * as s from '../lib/story-steps.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
const $ = (page: Page, id: string) => page.locator(`[data-test="${id}"]`)
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)

async function picture(page: Page, name: string, whole = true) {
  const folder = process.env.TONGBAN_SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole })
}
async function accessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map((v) => `${v.id}: ${v.nodes[0]?.target}`)).toEqual([])
}
async function signIn(page: Page, instance: any, duty: string) {
  const account = instance.account(home, duty)
  await page.goto(`${instance.url}/login`)
  for (const [id, text] of [['login', account.login], ['password', account.password]] as const) {
    const box = $(page, id).first()
    await ((await box.evaluate((e) => e.matches('input'))) ? box : box.locator('input').first()).fill(text)
  }
  await $(page, 'sign-in').click()
  await expect($(page, 'agency')).toBeVisible()
}
// A case whose fee is due, and the page of the gateway for it.
async function due(instance: any) {
  const story = new s.Story(instance, await Cast.of(instance), findScenario('DY-01', 'R4b'))
  for (const step of [...s.collect, s.accept, s.approve, s.openPaymentPage]) await step(story)
  return story
}
let twice: any

test('one fee is paid on two devices', async ({ page, instance }) => {
  test.setTimeout(150_000)
  twice = await due(instance)
  await page.goto(twice.paymentPage)
  await $(page, 'confirm-payment').click()
  await page.goto(twice.paymentPage)
  await page.locator('input[name=again]').check()
  await $(page, 'confirm-payment').click()
  await page.goto(twice.paymentPage)
  await expect(page.getByText('已支付，流水号')).toHaveCount(2)
  // The case goes on with one of them.
  const work = await twice.caseAs('acceptor')
  await work.waitFor('the payment', (sheet: any) => sheet.state === 'paid')
})

test('the second payment goes back by itself', async ({ page, instance }) => {
  test.setTimeout(120_000)
  await signIn(page, instance, 'cashier')
  await page.waitForURL('**/money')
  await expect($(page, 'days-empty')).toBeVisible()
  await accessible(page)
  await picture(page, 'money-empty')
  await $(page, 'list-refunds').click()
  await expect(page.locator('[data-test^="refund-"]')).toHaveCount(1)
  await expect(page.locator('[data-test^="refund-"]')).toContainText(twice.number)
  await expect(page.locator('[data-test^="refund-"]')).toContainText('重复缴费')
  // Asked of the gateway now, and again half a minute later: until then it is on its way.
  await expect(async () => {
    await page.reload()
    await expect($(page, 'refund-done')).toHaveCount(1, { timeout: 2_000 })
  }).toPass({ timeout: 90_000, intervals: [5_000] })
  await accessible(page)
  await picture(page, 'money-refunds')
})

test('the day agrees with the statement of the gateway', async ({ page, instance }) => {
  await signIn(page, instance, 'cashier')
  await page.waitForURL('**/money')
  await $(page, 'day').fill(today())
  await $(page, 'compare').click()
  // Two payments and one refund, on both sides.
  await expect($(page, 'matched')).toHaveText('3')
  await expect($(page, 'open-items')).toHaveText('0')
  await expect($(page, 'clean')).toBeVisible()
  await accessible(page)
  await picture(page, 'money-day')
})

test('a payment that was never told is found and booked', async ({ page, instance }) => {
  test.setTimeout(150_000)
  const silent = await due(instance)
  await page.goto(silent.paymentPage)
  await page.locator('input[name=silent]').check()
  await $(page, 'confirm-payment').click()
  await silent.caseAs('acceptor')
  expect(silent.sheet.state).toBe('awaiting_payment')
  await signIn(page, instance, 'cashier')
  await page.waitForURL('**/money')
  await $(page, 'day').fill(today())
  await $(page, 'compare').click()
  await expect($(page, 'difference-only_theirs')).toHaveCount(1)
  await expect($(page, 'open-items')).toHaveText('1')
  await picture(page, 'money-difference')
  await $(page, 'book').click()
  await expect($(page, 'confirm')).toBeDisabled()
  await $(page, 'reason').fill('核对支付平台账单，缴费属实')
  await accessible(page)
  await picture(page, 'money-reason', false)
  await $(page, 'confirm').click()
  await expect($(page, 'difference-only_theirs')).toContainText('已补记：核对支付平台账单，缴费属实')
  const work = await silent.caseAs('acceptor')
  await work.waitFor('the payment', (sheet: any) => sheet.state === 'paid')
})

test('the supervisor looks on and decides nothing, also on a narrow screen', async ({ browser, instance }) => {
  const narrow = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await narrow.newPage()
  await signIn(page, instance, 'supervisor')
  await page.goto(`${instance.url}/money`)
  await expect($(page, 'day-row')).toHaveCount(1)
  await expect($(page, 'compare')).toHaveCount(0)
  await $(page, 'day-row').getByRole('button').click()
  await expect($(page, 'opened-day')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'money-narrow-day')
  await $(page, 'list-refunds').click()
  await expect($(page, 'refund-done')).toHaveCount(1)
  await picture(page, 'money-narrow-refunds')
  await accessible(page)
  await narrow.close()
})
