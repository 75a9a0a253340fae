// The portal on a phone, in a real browser against the real program.
import { collecting, signIn, Sitting } from '../lib/story.mjs'
import { $, enterPortal as enter, passLiveness, picture, sound } from './browser.ts'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })

// A platform of its own: this person's list begins empty.
test.use({ config: '\n# portal\n', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'zh-CN' })

test('from own words to the guide, and into the account', async ({ page, instance, people }) => {
  await page.goto(`${instance.url}/portal`)
  await expect($(page, 'portal-home')).toBeVisible()
  await sound(page, 'portal-home')
  await $(page, 'door-apply').click()
  await $(page, 'search-item').fill('证旧了')
  await expect($(page, 'item-BZ-01')).toBeVisible()
  await sound(page, 'portal-items')
  await $(page, 'item-BZ-01').click()
  await $(page, 'search-registry').fill('历下')
  await sound(page, 'portal-registry')
  await $(page, 'home-370102').click()
  await expect($(page, 'guide-materials')).toBeVisible()
  await sound(page, 'portal-guide')

  // What needs an account leads through the sign-in and back.
  await page.goto(`${instance.url}/portal/cases`)
  await expect($(page, 'sign-in-form')).toBeVisible()
  await $(page, 'sign-in-send').click()
  await expect($(page, 'fault-summary')).toBeFocused()
  await sound(page, 'portal-sign-in-faults')
  await enter(page, instance, people.owner)
  await expect(page).toHaveURL(/\/portal\/cases$/)
  await expect(page.locator('.empty')).toBeVisible()
  await sound(page, 'portal-no-cases')
})

test('the liveness check at the provider, refused and passed', async ({ page, instance, people }) => {
  await page.goto(`${instance.url}/portal/verify?next=/portal/cases`)
  await enter(page, instance, { ...people.owner, phone: '13711110003' })
  await expect($(page, 'liveness')).toBeVisible()
  await $(page, 'liveness-start').click()
  await expect(page.locator('[role=alert]')).toBeVisible()
  await sound(page, 'portal-liveness')
  for (const [choice, state] of [['not-live', 'failed'], ['passed', 'passed']]) {
    await $(page, 'liveness-consent').check()
    await $(page, 'liveness-start').click()
    await page.waitForURL(`${instance.sandboxUrl}/**`)
    await expect(page.locator('body')).toContainText('演示')
    await picture(page, 'portal-provider')
    await $(page, `liveness-${choice}`).click()
    await page.waitForURL(`${instance.url}/portal/verified**`)
    await expect($(page, 'liveness-result')).toHaveAttribute('data-state', state, { timeout: 15_000 })
    await sound(page, `portal-liveness-${state}`)
    await $(page, state === 'failed' ? 'liveness-again' : 'liveness-go-on').click()
  }
  await expect(page).toHaveURL(/\/portal\/cases$/)
})

test('my cases in large type, and one of them in full', async ({ page, instance, people }) => {
  test.setTimeout(120_000)
  const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
  await sitting.open()
  await sitting.prepare(people, {})
  await sitting.push()
  const phone = '13711110004'
  await page.goto(`${instance.url}/portal/sign-in?next=/portal/cases`)
  await enter(page, instance, { ...people.owner, phone })
  // Another phone than the window's: nothing is shown before the face was seen.
  await expect($(page, 'hidden-cases')).toBeVisible({ timeout: 15_000 })
  await expect($(page, 'own-case')).toHaveCount(0)
  await $(page, 'hidden-cases').locator('a').click()
  await passLiveness(page)
  const mine = $(page, 'own-case').filter({ hasText: sitting.record.case_number })
  await expect(mine).toHaveAttribute('data-state', 'filed')
  await sound(page, 'portal-cases')
  await $(page, 'elder').click()
  await sound(page, 'portal-cases-elder')
  await page.reload()
  await expect($(page, 'elder')).toHaveAttribute('aria-pressed', 'true')
  await $(page, 'elder').click()
  await mine.locator('[data-test="look"]').click()
  await expect($(page, 'tracked-case')).toHaveAttribute('data-state', 'filed')
})
