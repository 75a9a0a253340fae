// The home registry's desk in a real browser: two race for a case, the supervisor reassigns, the checklist is judged, the
// notice is seen before it goes.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { until } from '../lib/client.mjs'
import { CaseWork, collecting, home, signIn as callAs, Sitting } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
// A platform of its own: its queues hold what these stories put there.
test.use({ config: '\n# desk\n', viewport: { width: 1280, height: 768 }, locale: 'zh-CN' })
// `next` lost the race and gets the case from the supervisor.
const seen: { number?: string; other?: string; winner?: string; next?: { login: string; name: string } } = {}
const $ = (page: Page, id: string) => page.locator(`[data-test="${id}"]`)

async function picture(page: Page, name: string) {
  const folder = process.env.TONGBAN_SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
async function accessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map((v) => `${v.id}: ${v.nodes[0]?.target}`)).toEqual([])
}
async function signIn(page: Page, instance: any, login: string) {
  const account = instance.accounts.find((a: any) => a.login === login)
  await page.goto(`${instance.url}/login`)
  await $(page, 'login').locator('input').or($(page, 'login').and(page.locator('input'))).first().fill(account.login)
  await $(page, 'password').locator('input').or($(page, 'password').and(page.locator('input'))).first().fill(account.password)
  await $(page, 'sign-in').click()
  await page.waitForURL('**/home**')
}
async function file(instance: any, people: any, unitNumber: string): Promise<string> {
  const sitting = new Sitting(await callAs(instance, collecting, 'collector'))
  await sitting.open()
  await sitting.prepare(people, { unitNumber })
  await sitting.push()
  await until('the receipt', () => sitting.reload(), (r: any) => r.state === 'received')
  return sitting.record.case_number
}

test('two reviewers race for a case: one has it, the other reads who', async ({ browser, instance, people }) => {
  test.setTimeout(120_000)
  seen.number = await file(instance, people, people.units.at(-1))
  seen.other = await file(instance, people, people.units.at(-2))
  await new CaseWork(await callAs(instance, home, 'acceptor'), seen.number).act('acceptance', {})
  // Two people, two browsers: each has cookies of his own.
  const contexts = await Promise.all([browser.newContext(), browser.newContext()])
  const [first, second] = await Promise.all(contexts.map((context) => context.newPage()))
  await signIn(first, instance, 'reviewer.370102')
  await signIn(second, instance, 'reviewer2.370102')
  for (const page of [first, second]) {
    await $(page, 'queue-review').click()
    await expect($(page, `case-row-${seen.number}`)).toBeVisible()
    await expect($(page, 'count-review')).toHaveText('1')
  }
  await picture(first, 'desk-queue')
  await accessible(first)
  await Promise.all([first.keyboard.press('c'), second.keyboard.press('c')])
  const owner = (page: Page) => $(page, `owner-${seen.number}`)
  await expect(owner(first)).not.toHaveText('—')
  await expect(owner(second)).not.toHaveText('—')
  const texts = await Promise.all([owner(first).textContent(), owner(second).textContent()])
  expect(texts.filter((text) => text?.includes('本人办理中'))).toHaveLength(1)
  const [winner, loser] = texts[0]!.includes('本人') ? [first, second] : [second, first]
  const people_of = [{ login: 'reviewer.370102', name: '钱审核' }, { login: 'reviewer2.370102', name: '孙审核' }]
  seen.winner = people_of[winner === first ? 0 : 1].name
  seen.next = people_of[winner === first ? 1 : 0]
  await expect(loser.locator('body')).toContainText('正由他人办理')
  await picture(loser, 'desk-lost-race')
  await expect($(winner, 'count-mine')).toHaveText('1')
  // The loser may look, and has no buttons.
  await $(loser, `case-row-${seen.number}`).click()
  await expect($(loser, 'claim')).toContainText('办理中')
  await expect($(loser, 'claim')).toContainText('0531-5555')
  await expect($(loser, 'action-approve')).toHaveCount(0)
  for (const context of contexts) await context.close()
})

test('the supervisor sees the team and reassigns', async ({ page, instance }) => {
  await signIn(page, instance, 'supervisor.370102')
  await $(page, 'to-team').click()
  await expect($(page, 'team')).toContainText('钱审核')
  await picture(page, 'desk-team')
  await accessible(page)
  await $(page, 'team-queue-review').locator('a').click()
  await $(page, `choose-${seen.number}`).check()
  await $(page, 'assign').click()
  await $(page, 'assign-confirm').click()
  await expect($(page, 'assign-dialog')).toContainText('请写明理由')
  const person = await $(page, 'assign-to').locator('option').filter({ hasText: seen.next!.name }).getAttribute('value')
  await $(page, 'assign-to').selectOption(person!)
  await $(page, 'assign-reason').fill(`${seen.winner}外出`)
  await picture(page, 'desk-assign')
  await $(page, 'assign-confirm').click()
  await expect($(page, `owner-${seen.number}`)).toContainText(seen.next!.name)
  // A case that is not on the own desk opens with a reason only.
  await page.goto(`${instance.url}/home/cases/${seen.number}`)
  await expect($(page, 'read-reason')).toBeVisible()
  await picture(page, 'desk-reason')
  await $(page, 'read-reason-text').fill('督查办理情况')
  await $(page, 'read-reason-open').click()
  await $(page, 'tab-notes').click()
  await $(page, 'show-reads').click()
  await expect($(page, 'read').first()).toBeVisible()
  await expect($(page, 'notes')).toContainText(`改派给${seen.next!.name}`)
})

test('the reviewer judges the checklist from the keyboard, writes a note and refuses with a preview', async ({ page, instance }) => {
  await signIn(page, instance, seen.next!.login)
  await expect($(page, 'queue-mine')).toHaveAttribute('aria-selected', 'true') // who has work begins with it
  await expect($(page, `case-row-${seen.number}`)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect($(page, 'viewer-picture')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('g')
  await expect($(page, 'proposal').first()).toBeVisible()
  await $(page, 'material-M10').click()
  await page.keyboard.press('1')
  await expect($(page, 'question-CK-01').locator('[data-test="answer-of-reviewer"]')).toContainText('是')
  await $(page, 'question-CK-07').click()
  await page.keyboard.press('2')
  await $(page, 'judge-remark').fill('合同第三条的债务期限与申请不一致')
  await $(page, 'judge-save').click()
  await expect($(page, 'question-CK-07').locator('[data-test="answer-of-reviewer"]')).toContainText('否')
  await picture(page, 'desk-checklist')
  await accessible(page)
  await page.keyboard.press('m')
  await $(page, 'note-text').fill('已电话联系银行核对')
  await $(page, 'note-save').click()
  await expect($(page, 'note')).toContainText('已电话联系银行核对')

  await $(page, 'action-refuse').click()
  await $(page, 'ground-other').check()
  await $(page, 'cite-CK-07').check()
  await $(page, 'decision-remark').fill('债务履行期限与合同不一致')
  await $(page, 'decision-confirm').click()
  await expect($(page, 'notice-picture')).toBeVisible({ timeout: 20_000 })
  await picture(page, 'desk-preview')
  await expect($(page, 'decision-confirm')).toContainText('不予登记')
  await $(page, 'decision-cancel').click()
  expect((await (await page.request.get(`${instance.url}/api/v1/cases/${seen.number}`)).json()).state).toBe('accepted')
})

test('a supplement is seen as the applicant will get it, then sent', async ({ page, instance }) => {
  await signIn(page, instance, 'acceptor.370102')
  await page.keyboard.press('/')
  await expect($(page, 'search')).toBeFocused()
  await $(page, 'search').fill(seen.other!)
  await page.keyboard.press('Enter')
  await expect($(page, 'found')).toContainText('找到 1 件')
  await $(page, `case-row-${seen.other}`).click()
  await $(page, 'action-request_supplement').click()
  await $(page, 'pick-M10').click()
  await $(page, 'supplement-text-0').fill('合同缺少第二页，请补交')
  await $(page, 'decision-confirm').click()
  await expect($(page, 'notice-picture')).toBeVisible({ timeout: 20_000 })
  await picture(page, 'desk-supplement-preview')
  await $(page, 'preview-back').click()
  await $(page, 'supplement-text-0').fill('合同缺少第二页和签章页，请补交')
  await $(page, 'decision-confirm').click()
  await expect($(page, 'notice-picture')).toBeVisible()
  await $(page, 'decision-confirm').click()
  await expect($(page, 'notice-preview')).toHaveCount(0)
  const sheet = await (await page.request.get(`${instance.url}/api/v1/cases/${seen.other}`)).json()
  expect(sheet.state).toBe('supplement')
  expect(sheet.supplement.lines[0].text).toContain('签章页')
})

test('on a phone nothing runs out of the page', async ({ page, instance }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, instance, seen.next!.login)
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expect($(page, `case-row-${seen.number}`)).toBeVisible()
  await fits()
  await picture(page, 'desk-phone-queue')
  await accessible(page)
  await $(page, `case-row-${seen.number}`).click()
  await $(page, 'tab-checklist').click()
  await expect($(page, 'question-CK-07')).toBeVisible()
  await fits()
  await picture(page, 'desk-phone-sheet')
  await $(page, 'question-CK-07').scrollIntoViewIfNeeded()
  await picture(page, 'desk-phone-checklist')
})

test('on a phone the supervisor reads the team', async ({ page, instance }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, instance, 'supervisor.370102')
  await $(page, 'to-team').click()
  await expect($(page, 'team')).toContainText('钱审核')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'desk-phone-team')
  await accessible(page)
})
