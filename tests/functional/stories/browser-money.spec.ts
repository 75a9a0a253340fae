// The fee of a case is paid twice: the second payment goes back by itself, the cashier sees it go, and the day agrees with the
// gateway's statement. What the gateway never told of is found by the comparison and booked by a person.
// TONGBAN_SCREENSHOTS=dir keeps pictures of the cashier's pages.
import { Cast } from '../lib/cast.mjs'
import { findScenario } from '../lib/scenarios.mjs'
import { home } from '../lib/story.mjs'
import * as s from '../lib/story-steps.mjs'
import { $, accessible, picture, signIn } from './browser.ts'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
test.use({ config: '\n# money\n', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)

// A case whose fee is due, and the page of the gateway for it.
let cast: Cast | undefined // hands out each home once
async function due(instance: any) {
  cast ??= await Cast.of(instance)
  const story = new s.Story(instance, cast, findScenario('DY-01', 'R4b'))
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
  await signIn(page, instance, home, 'cashier')
  await page.waitForURL('**/money')
  // Yesterday is compared by the platform itself, sooner or later.
  await expect($(page, 'compare')).toBeVisible()
  await accessible(page)
  await picture(page, 'money-days', true)
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
  await picture(page, 'money-refunds', true)
})

test('the day agrees with the statement of the gateway', async ({ page, instance }) => {
  await signIn(page, instance, home, 'cashier')
  await page.waitForURL('**/money')
  await $(page, 'day').fill(today())
  await $(page, 'compare').click()
  // Two payments and one refund, on both sides.
  await expect($(page, 'matched')).toHaveText('3')
  await expect($(page, 'open-items')).toHaveText('0')
  await expect($(page, 'clean')).toBeVisible()
  await accessible(page)
  await picture(page, 'money-day', true)
})

test('a payment that was never told is found and booked', async ({ page, instance }) => {
  test.setTimeout(150_000)
  const silent = await due(instance)
  await page.goto(silent.paymentPage)
  await page.locator('input[name=silent]').check()
  await $(page, 'confirm-payment').click()
  await silent.caseAs('acceptor')
  expect(silent.sheet.state).toBe('awaiting_payment')
  await signIn(page, instance, home, 'cashier')
  await page.waitForURL('**/money')
  await $(page, 'day').fill(today())
  await $(page, 'compare').click()
  await expect($(page, 'difference-only_theirs')).toHaveCount(1)
  await expect($(page, 'open-items')).toHaveText('1')
  await picture(page, 'money-difference', true)
  await $(page, 'book').click()
  await expect($(page, 'confirm')).toBeDisabled()
  await $(page, 'reason').fill('核对支付平台账单，缴费属实')
  await accessible(page)
  await picture(page, 'money-reason')
  await $(page, 'confirm').click()
  await expect($(page, 'difference-only_theirs')).toContainText('已补记：核对支付平台账单，缴费属实')
  const work = await silent.caseAs('acceptor')
  await work.waitFor('the payment', (sheet: any) => sheet.state === 'paid')
})

test('the supervisor looks on and decides nothing, also on a narrow screen', async ({ page, instance }) => {
  await signIn(page, instance, home, 'supervisor')
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${instance.url}/money`)
  const newest = $(page, 'day-row').first()
  await expect(newest).toContainText(`${Number(today().slice(8))}日`)
  await expect($(page, 'compare')).toHaveCount(0)
  await newest.getByRole('button').click()
  await expect($(page, 'opened-day')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'money-narrow-day', true)
  await $(page, 'list-refunds').click()
  await expect($(page, 'refund-done')).toHaveCount(1)
  await picture(page, 'money-narrow-refunds', true)
  await accessible(page)
})
