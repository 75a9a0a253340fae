// Certificates as other programs see them: the sealed OFD in a reader that is not ours, the PDF through poppler.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ofdReader } from '../lib/ofd_reader.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
const folder = mkdtempSync(join(tmpdir(), 'tongban-samples-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
const named = (ending: string) => readdirSync(folder).filter((name) => name.endsWith(ending)).sort()

function keep(name: string) {
  const pictures = process.env.TONGBAN_SCREENSHOTS
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  copyFileSync(join(folder, name), join(pictures, name))
}

test('every document of the workflow can be printed with sample texts', async ({ instance }) => {
  await instance.admin('admin', 'sample-documents', folder)
  const pdfs = named('.pdf')
  for (const code of ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'F12', 'F13', 'F14', 'F15', 'F16'])
    expect(pdfs.some((name) => name.startsWith(code)), code).toBe(true)
  for (const name of pdfs) {
    const file = join(folder, name)
    execFileSync('qpdf', ['--check', file])
    const text = execFileSync('sh', ['-c', 'pdftotext "$1" - 2>&1 >/dev/null', 'sh', file], { encoding: 'utf8' })
    expect(text, `poppler on ${name}`).toBe('')
    execFileSync('pdftoppm', ['-r', '60', '-png', '-singlefile', file, file.replace(/\.pdf$/, '')])
    keep(name.replace(/\.pdf$/, '.png'))
  }
})

test('a reader that is not ours shows the sealed certificate', async ({ page }) => {
  const script = ofdReader()
  expect(named('.ofd').length).toBeGreaterThan(0)
  for (const name of named('.ofd')) {
    await page.setViewportSize({ width: 1000, height: 1400 })
    await page.setContent('<meta charset="utf-8"><body style="margin:0;background:#fff"><div id="v"></div></body>')
    await page.addScriptTag({ content: script })
    const pages = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      const reader = (window as any).ofd
      return new Promise((done, fail) => reader.parseOfdDocument({
        ofd: new File([bytes], 'certificate.ofd'),
        fail: (error: unknown) => fail(new Error(`the reader refused it: ${error}`)),
        success: (documents: any) => {
          for (const one of reader.renderOfd(900, documents[0])) document.getElementById('v')!.append(one)
          done(documents[0].pages.length)
        },
      }))
    }, readFileSync(join(folder, name)).toString('base64'))
    expect(pages, name).toBeGreaterThan(0)
    const text = await page.evaluate(() => [...document.querySelectorAll('#v text')].map((one) => one.textContent).join(''))
    expect(text, name).toContain('历下区')
    expect(text, name).toContain('权利人')
    // Its own arithmetic over the seal; necessary, not sufficient: it does not look at the pages' digests.
    await page.waitForFunction(() => {
      const seal = document.querySelector('[data-signed-info]')
      return seal && JSON.parse(seal.getAttribute('data-signed-info')!).VerifyRet !== undefined
    })
    expect(await page.evaluate(() => JSON.parse(document.querySelector('[data-signed-info]')!.getAttribute('data-signed-info')!).VerifyRet), name).toBe(true)
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    keep(`${name}.png`)
  }
})
