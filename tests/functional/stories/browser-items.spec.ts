// Other families than the mortgage, in a real browser from the window to the citizen's phone: what is filled in, who
// takes part and what it costs come from the same table that the tour plays (lib/scenarios.mjs).
import { Cast } from '../lib/cast.mjs'
import { png } from '../lib/files.mjs'
import { findScenario } from '../lib/scenarios.mjs'
import { collecting, home } from '../lib/story.mjs'
import { $, accessible, addPerson, fill, fillField, follow, interviewed, judgeChecklist, picture, signIn } from './browser.ts'
import { expect, test } from './fixture.ts'
import type { Page } from '@playwright/test'

// A platform of its own: other stories leave open cases on the same homes.
test.use({ config: '\n# items\n' })

for (const [code, scenario] of [['BZ-02', 'R4b'], ['XF-01', 'R4b']]) {
  test.describe(`${code}`, () => {
    test.describe.configure({ mode: 'serial' })
    const part: any = findScenario(code, scenario)
    const seen: { number?: string; parties?: any[]; phone?: Page } = {}
    test.afterAll(() => seen.phone?.context().close())

    test('the window collects and pushes', async ({ page, instance, people }) => {
      test.setTimeout(150_000)
      const cast = new Cast(people).leaving(people.units.at(-1))
      const unit: any = cast.unit({ agency: home, ...part.unit })
      const values = typeof part.values === 'function' ? part.values(unit) : part.values
      await signIn(page, instance, collecting, 'collector')
      await $(page, 'new-sitting').click()
      await fill(page, 'search-home', '历下')
      await $(page, `home-${home}`).click()
      await $(page, `item-${code}`).click()
      await $(page, 'start-sitting').click()
      await expect($(page, 'case-number')).toContainText('TB370102', { timeout: 15_000 })
      seen.number = /TB\d{20}/.exec((await $(page, 'case-number').textContent()) ?? '')![0]

      const item = await (await page.request.get(`${instance.url}/api/v1/registries/${home}/items/${code}`)).json()
      await fill(page, 'unit-number', unit.unit_number)
      for (const field of item.fields) if (values[field.key] !== undefined) await fillField(page, field, values[field.key])
      await $(page, 'save-application').click()
      await expect($(page, 'unit-preview')).toBeVisible()
      await picture(page, `${code}-application`)

      await $(page, 'step-parties').click()
      seen.parties = part.parties.map(([role, key, acts]: string[]) => ({ role, ...cast.who(key), ...(acts ? { kind: undefined, represents: cast.who(acts).name } : {}) }))
      for (const party of seen.parties!) await addPerson(page, party)
      for (let i = 0; i < seen.parties!.length; i++) {
        const party = $(page, 'party').nth(i)
        await party.locator('[data-test="identity-check"]').click()
        await expect(party.locator('[data-test="identity"]')).toHaveAttribute('data-result', 'matched')
      }
      await picture(page, `${code}-parties`)

      await $(page, 'step-interview').click()
      const asked = await $(page, 'interview-person').evaluateAll((all) => all.map((e) => e.getAttribute('data-name')!))
      expect(asked.length).toBeGreaterThan(0)
      for (const name of asked) await interviewed(page, name, item.questions)

      await $(page, 'step-materials').click()
      const sitting = page.url().match(/window\/([0-9a-f-]{36})/)![1]
      const record = await (await page.request.get(`${instance.url}/api/v1/collections/${sitting}`)).json()
      let seed = 1
      for (const line of record.materials.filter((m: any) => m.required_now)) {
        await $(page, `line-${line.code}`).click()
        await $(page, `upload-${line.code}`).setInputFiles([{ name: `${line.title}.png`, mimeType: 'image/png', buffer: png(seed++) }])
        await expect($(page, 'page')).toHaveCount(1, { timeout: 20_000 })
        await $(page, `form-${line.forms[0]}`).click()
        await $(page, 'check-pass').click()
        await expect($(page, `line-${line.code}`)).toHaveAttribute('data-mark', 'done')
      }
      await picture(page, `${code}-materials`)
      await $(page, 'step-finish').click()
      await $(page, 'push').click()
      await page.locator('.confirm-yes').click()
      await expect($(page, 'delivery')).toHaveAttribute('data-state', 'received', { timeout: 20_000 })
    })

    async function decide(page: Page, instance: any, duty: string, action: string, remark: string) {
      await signIn(page, instance, home, duty)
      await page.goto(`${instance.url}/home/cases/${seen.number}`)
      if (action === 'approve') await judgeChecklist(page)
      await $(page, `action-${action}`).click()
      const box = $(page, 'decision-remark')
      if (await box.count()) await fill(page, 'decision-remark', remark)
      await $(page, 'decision-confirm').click()
    }

    test('the home registry accepts and reviews', async ({ page, instance, browser }) => {
      await decide(page, instance, 'acceptor', 'accept', '已逐项核实')
      await expect($(page, 'action-accept')).toHaveCount(0)
      const other = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
      const reviewer = await other.newPage()
      await decide(reviewer, instance, 'reviewer', 'approve', '同意')
      await expect($(reviewer, 'action-approve')).toHaveCount(0)
      await other.close()
    })

    // His phone, which stays signed in to the case until the certificate is there.
    test('the applicant pays the fee on a phone', async ({ browser, instance }) => {
      const payer = (await Cast.of(instance)).who(part.payer)
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', isMobile: true })
      const page = (seen.phone = await context.newPage())
      await follow(page, instance, seen.number!, payer.phone)
      await expect($(page, 'bill-amount')).toContainText((part.fee / 100).toFixed(2))
      await picture(page, `${code}-track-bill`)
      await $(page, 'pay').click()
      await page.waitForURL(`${instance.sandboxUrl}/**`)
      await page.locator('form button, form input[type=submit]').first().click()
      await page.waitForURL(`${instance.url}/pay/return**`)
      await expect($(page, 'payment-result')).toHaveAttribute('data-state', 'paid', { timeout: 20_000 })
    })

    if (code === 'XF-01') {
      test('the tax is declared, and paid at the page of the tax office', async ({ page, instance }) => {
        await signIn(page, instance, home, 'registrar')
        await page.goto(`${instance.url}/home/cases/${seen.number}`)
        await expect($(page, 'tax')).toHaveAttribute('data-state', 'undeclared')
        await $(page, 'tax-ask').click()
        await expect($(page, 'tax')).toHaveAttribute('data-state', 'assessed')
        await accessible(page)
        await picture(page, `${code}-tax`)
        // The link opens a window of its own; here it is a page of its own, for a window that closes while it still sends its
        // form now and then takes the answers of its opener along.
        await expect($(page, 'tax-pay')).toHaveAttribute('target', '_blank')
        const office = await page.context().newPage()
        await office.goto((await $(page, 'tax-pay').getAttribute('href'))!)
        await expect(office.locator('body')).toContainText('演示')
        await picture(office, `${code}-tax-office`)
        await office.locator('form button, form input[type=submit]').first().click()
        await expect(office.locator('body')).toContainText('已缴税')
        await office.close()
        await page.bringToFront()
        await $(page, 'tax-ask').click()
        await expect($(page, 'tax')).toHaveAttribute('data-state', 'paid')
        await expect($(page, 'tax-receipt')).not.toBeEmpty()
      })
    }

    test('the registrar books the entry and a title certificate is issued', async ({ page, instance }) => {
      await decide(page, instance, 'registrar', 'register', '已核实')
      await expect($(page, 'certificate-number')).toContainText('不动产权第', { timeout: 20_000 })
      await expect($(page, 'certificate-download')).toBeVisible({ timeout: 20_000 })
      await picture(page, `${code}-registered`)
    })

    test('the applicant downloads the certificate on the phone', async ({ instance }) => {
      const page = seen.phone!
      await page.goto(`${instance.url}/track`)
      await expect($(page, 'tracked-case')).toHaveAttribute('data-state', 'registered')
      await accessible(page)
      await picture(page, `${code}-track`)
      const file = await (await page.request.get(`${instance.url}/api/v1/public/tracked-case/certificate.pdf`)).body()
      expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    })
  })
}
