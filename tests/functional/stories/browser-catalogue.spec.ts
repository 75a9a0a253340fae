// A registry keeps its own list: one person of 历下区 adds a conditional line, another approves it having seen what it does; the
// next sitting in Qingdao asks for it, the guide shows it, and a case that runs keeps the list it began with.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { collecting, home } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
const $ = (page: Page, id: string) => page.locator(`[data-test="${id}"]`)

async function fill(page: Page, id: string, text: string) {
  const box = $(page, id).first()
  const input = (await box.evaluate((e) => e.matches('input, textarea'))) ? box : box.locator('input, textarea').first()
  await input.fill(text)
}
async function picture(page: Page, name: string, whole = false) {
  const folder = process.env.TONGBAN_SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole })
}
async function accessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map((v) => `${v.id}: ${v.nodes[0]?.target}`)).toEqual([])
}
async function signIn(page: Page, instance: any, login: string) {
  const account = instance.accounts.find((each: any) => each.login === login)
  await page.goto(`${instance.url}/login`)
  await fill(page, 'login', account.login)
  await fill(page, 'password', account.password)
  await $(page, 'sign-in').click()
  await expect($(page, 'agency')).toBeVisible()
}
async function openSitting(page: Page, instance: any) {
  await signIn(page, instance, `collector.${collecting}`)
  await $(page, 'new-sitting').click()
  await fill(page, 'search-home', '历下')
  await $(page, `home-${home}`).click()
  await $(page, 'item-DY-01').click()
  await $(page, 'start-sitting').click()
  await expect($(page, 'case-number')).toContainText('TB370102', { timeout: 20_000 })
  return page.url()
}
const lines = async (page: Page, url: string) => {
  const id = url.split('/').pop()
  const answer = await page.request.get(new URL(`/api/v1/collections/${id}`, url).href)
  return ((await answer.json()).materials as { code: string }[]).map((one) => one.code)
}
let running = ''
let changeUrl = ''

test('a case begins under the list of the province', async ({ page, instance }) => {
  running = await openSitting(page, instance)
  expect(await lines(page, running)).not.toContain('L01')
})

test('a cataloguer adds a conditional line and cannot approve it', async ({ page, instance }) => {
  test.setTimeout(120_000)
  await signIn(page, instance, `cataloguer.${home}`)
  await page.waitForURL('**/catalogue')
  await accessible(page)
  await picture(page, 'catalogue-list')
  await $(page, 'edit-DY-01').click()
  await fill(page, 'change-reason', '区不动产登记中心通知〔2026〕8号')
  await $(page, 'save-draft').click()
  await expect($(page, 'no-faults')).toBeVisible()
  await $(page, 'add-line').click()
  await fill(page, 'title-L01', '抵押物清单')
  await $(page, 'requirement-L01').selectOption('conditional')
  await fill(page, 'when-L01', 'count.mortgagors > 1')
  await fill(page, 'when-text-L01', '抵押人为二人以上的')
  // A fact that nobody knows is named at its line while one types; nothing can be handed in.
  await expect($(page, 'faults')).toContainText('is not a known fact: count.mortgagors', { timeout: 20_000 })
  await expect($(page, 'faults')).toContainText('L01')
  await expect($(page, 'hand-in')).toBeDisabled()
  await picture(page, 'catalogue-fault')
  await fill(page, 'when-L01', 'count.mortgagor > 1')
  await expect($(page, 'no-faults')).toBeVisible({ timeout: 20_000 })
  // The law: what the province demands by law stays.
  await $(page, 'open-M10').click()
  await $(page, 'drop-M10').click()
  await expect($(page, 'faults')).toContainText('法定申请材料', { timeout: 20_000 })
  await page.getByRole('button', { name: '恢复全省规定' }).click()
  await expect($(page, 'no-faults')).toBeVisible({ timeout: 20_000 })
  await accessible(page)
  await picture(page, 'catalogue-editor', true)
  await $(page, 'hand-in').click()
  await expect($(page, 'change-state')).toHaveText('待审核', { timeout: 20_000 })
  await expect($(page, 'approve')).toHaveCount(0)
  changeUrl = page.url()
})

test('another approves it, having seen what it does', async ({ page, instance }) => {
  await signIn(page, instance, `cataloguer2.${home}`)
  await page.goto(changeUrl)
  await expect($(page, 'impact')).toContainText('抵押物清单')
  await accessible(page)
  await picture(page, 'catalogue-impact', true)
  await fill(page, 'review-remark', '同意')
  await $(page, 'approve').click()
  await expect($(page, 'change-state')).toHaveText('已批准')
  await expect($(page, 'version-name')).toContainText(`-${home}-1`)
})

test('the next sitting asks for it and the running case does not', async ({ page, instance }) => {
  const next = await openSitting(page, instance)
  expect(await lines(page, next)).toContain('L01')
  expect(await lines(page, running)).not.toContain('L01')
})

test('the guide shows it, with what changed, and can be compared and printed', async ({ page, instance }) => {
  await page.goto(instance.url)
  await $(page, 'door-guides').click()
  await expect($(page, 'guide-DY-01')).toBeVisible()
  await $(page, 'place-city').selectOption({ label: '济南市' })
  await $(page, 'place-registry').selectOption(home)
  await fill(page, 'guide-search', '按揭')
  await expect($(page, 'guide-DY-04')).toHaveCount(0)
  await accessible(page)
  await picture(page, 'guide-list')
  await $(page, 'guide-DY-01').click()
  await expect($(page, 'guide-line-L01')).toContainText('抵押人为二人以上的')
  await expect($(page, 'guide-version')).toContainText(`-${home}-1`)
  await expect($(page, 'guide-changes')).toContainText('抵押物清单')
  await accessible(page)
  await picture(page, 'guide', true)
  await $(page, 'compare').locator('summary').click()
  await $(page, 'other-city').selectOption({ label: '青岛市' })
  await $(page, 'other-registry').selectOption(collecting)
  await $(page, 'compare-go').click()
  await expect($(page, 'comparison')).toContainText('抵押物清单')
  const pdf = await page.request.get(`${instance.url}/api/v1/public/guides/${home}/DY-01/document`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the guide is read on a phone', async ({ browser, instance }) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'zh-CN', hasTouch: true, isMobile: true })
  const page = await phone.newPage()
  await page.goto(`${instance.url}/guides/${home}/DY-01`)
  await expect($(page, 'guide-title')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'guide-phone', true)
  await phone.close()
})

test('the province sees what is open where', async ({ page, instance }) => {
  await signIn(page, instance, 'cataloguer.370000')
  await $(page, 'to-rollout').click()
  await expect($(page, `rollout-${home}`)).toContainText('自')
  await fill(page, 'rollout-search', '历下')
  await expect($(page, `rollout-${collecting}`)).toHaveCount(0)
  await accessible(page)
  await picture(page, 'rollout')
})
