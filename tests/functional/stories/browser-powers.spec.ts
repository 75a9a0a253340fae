// A bank's standing power of attorney at the desk: filed with its paper by one clerk, checked by another, revoked.
// TONGBAN_SCREENSHOTS=dir keeps the pictures.
import { png } from '../lib/files.mjs'
import { home } from '../lib/story.mjs'
import { $, accessible, fill, picture, signIn } from './browser.ts'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
test.use({ config: '\n# powers\n', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
let address = ''

test('the acceptor files it; what is wrong is said at the field, nothing typed is lost', async ({ page, instance, people }) => {
  await signIn(page, instance, home, 'acceptor')
  await page.goto(`${instance.url}/powers`)
  await expect($(page, 'powers-empty')).toBeVisible()
  await accessible(page)
  await $(page, 'new-power').click()
  await fill(page, 'principal', people.bank.name)
  await fill(page, 'principal-code', people.bank.number.slice(0, -1) + 'A')
  await fill(page, 'agent-name-0', people.agent.name)
  await fill(page, 'agent-number-0', people.agent.number)
  await $(page, 'family-DY').check()
  await fill(page, 'from', '2026-11-01')
  await fill(page, 'until', '2027-10-31')
  await $(page, 'save-power').click()
  await expect($(page, 'power-form').getByRole('alert').first()).toBeVisible()
  await expect($(page, 'agent-number-0')).toHaveValue(people.agent.number)
  await picture(page, 'powers-fault', true)
  await accessible(page)
  await fill(page, 'principal-code', people.bank.number)
  await $(page, 'save-power').click()
  await expect($(page, 'power-state')).toHaveText('待核对')
  address = page.url()
  await expect($(page, 'power')).toContainText('抵押')
  await expect($(page, 'power')).not.toContainText(people.agent.number)
  await $(page, 'attach').setInputFiles({ name: '不是图片.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await expect(page.locator('[data-test="problem"], [role="alert"]').first()).toBeVisible()
  await $(page, 'attach').setInputFiles({ name: '授权委托书.png', mimeType: 'image/png', buffer: png(7) })
  await expect($(page, 'open-paper')).toBeVisible()
  await expect($(page, 'check')).toHaveCount(0)
  await picture(page, 'powers-filed', true)
})

test('another person checks it against the paper', async ({ page, instance, people }) => {
  await signIn(page, instance, home, 'reviewer')
  await page.goto(`${instance.url}/powers`)
  await expect($(page, 'power-row')).toContainText(people.bank.name)
  await picture(page, 'powers-list')
  await $(page, 'power-row').getByRole('link').click()
  await page.waitForURL(address)
  await $(page, 'check').click()
  await expect($(page, 'power-state')).toHaveText('有效')
  await accessible(page)
  await picture(page, 'powers-in-force', true)
})

test('a revocation needs a reason; on a phone nothing runs out of the page', async ({ page, instance }) => {
  await signIn(page, instance, home, 'acceptor')
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(address)
  await expect($(page, 'revoke')).toBeDisabled()
  await fill(page, 'power-reason', '委托单位书面撤销')
  await $(page, 'revoke').click()
  await expect($(page, 'power-state')).toHaveText('已撤销')
  await expect($(page, 'power')).toContainText('委托单位书面撤销')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible(page)
  await picture(page, 'powers-revoked', true)
})
