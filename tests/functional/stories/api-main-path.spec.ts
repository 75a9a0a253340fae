// What the tour shows to a person, checked: the main path through the public API.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultBinary } from '../lib/instance.mjs'
import { mainPath } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.describe.configure({ mode: 'serial' })
let done: any

test('a Jinan home is mortgaged from a window in Qingdao', async ({ instance, people }) => {
  done = await mainPath(instance, { people })
  expect(done.registrar.record.certificate.number).toMatch(/^鲁\(\d{4}\)历下区不动产证明第\d{7}号$/)
  expect(done.reviewer.record.bill.amount_fen).toBe(8000)
  expect(done.byCode.verdict).toBe('valid')
  expect(done.byFile.verdict).toBe('valid')
  expect(done.byFile.proven.length).toBeGreaterThan(0)
  expect(done.byFile.not_proven.length).toBeGreaterThan(0)
})

test('the window sees how its sitting ended', async () => {
  const { until } = await import('../lib/client.mjs')
  const record = await until('the end of the case', () => done.sitting.reload(), (r: any) => r.case_state === 'registered')
  expect(record.state).toBe('closed')
})

test('the register shows the mortgage', async () => {
  const record = await done.registrar.load()
  const entry = record.register.mortgages.find((m: any) => m.certificate_number === done.certificateNumber)
  expect(entry.state).toBe('current')
  expect(entry.order).toBe(record.entry.mortgage_order)
})

test('independent programs accept the documents', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-documents-'))
  try {
    for (const [name, bytes] of Object.entries({ certificate: done.certificate, receipt: done.receipt, acceptance: done.accepted })) {
      const file = join(folder, `${name}.pdf`)
      writeFileSync(file, bytes as Buffer)
      execFileSync('qpdf', ['--check', file])
      const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' })
      expect(fonts).toContain('yes yes yes')
    }
    const text = execFileSync('pdftotext', [join(folder, 'receipt.pdf'), '-'], { encoding: 'utf8' })
    expect(text).toContain('异地代收')
    const qr = execFileSync('sh', ['-c', `pdftoppm -r 150 -png -singlefile ${folder}/certificate.pdf ${folder}/c && zbarimg -q --raw ${folder}/c.png`], { encoding: 'utf8' })
    expect(qr).toContain('/verify')
    const signature = execFileSync('pdfsig', ['-nocert', join(folder, 'certificate.pdf')], { encoding: 'utf8' })
    expect(signature).toContain('Signature is Valid')
    expect(signature).toContain('Total document signed')

    // The sealed twin, by means that are not ours, and the verdict without any platform.
    const ofd = join(folder, 'certificate.ofd')
    writeFileSync(ofd, done.sealed as Buffer)
    const roots = join(folder, 'roots.pem')
    writeFileSync(roots, await done.anyone.get('/api/v1/public/trusted-certificates.pem', { want: 'bytes' }))
    expect(execFileSync(new URL('../../vectors/ofdcheck.sh', import.meta.url).pathname, [ofd, roots], { encoding: 'utf8' })).toContain('ALL OK')
    for (const file of [ofd, join(folder, 'certificate.pdf')]) {
      const verdict = JSON.parse(execFileSync(defaultBinary, ['verify', '--json', '--root', roots, file], { encoding: 'utf8' }))
      expect(verdict.good).toBe(true)
      expect(verdict.agency).toBe('370102')
    }
    expect(done.bySealed.verdict).toBe('valid')
    expect(done.byFile.proven.join()).toContain('时间戳机构')
    const keys = await done.anyone.get('/api/v1/public/signing-keys')
    expect(keys.keys.map((k: { key_id: string }) => k.key_id)).toContain(qr.trim().split('#')[1].split('.')[2])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the capsule proves the whole case without any platform, and nothing that was tampered with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-capsule-'))
  try {
    const roots = join(folder, 'roots.pem')
    writeFileSync(roots, done.trusted)
    const verify = (bytes: Buffer) => {
      const file = join(folder, 'capsule.zip')
      writeFileSync(file, bytes)
      const ran = spawnSync(defaultBinary, ['verify', '--json', '--root', roots, file], { encoding: 'utf8' })
      return { status: ran.status, report: JSON.parse(ran.stdout) }
    }
    const whole = verify(done.capsule)
    expect(whole.status).toBe(0)
    expect(whole.report).toMatchObject({ good: true, kind: 'capsule', agency: '370102', hidden: [] })
    const said = whole.report.proven.map((line: { en: string }) => line.en).join('\n')
    for (const word of ['signed for the package', 'files of materials are byte for byte', 'issued/01.pdf', 'issued/01.ofd', 'what the events add up to'])
      expect(said).toContain(word)
    const own = verify(done.ownCapsule)
    expect(own.status).toBe(0)
    expect(own.report.hidden.length).toBeGreaterThan(3)

    // Anybody's ZIP program opens it; what it holds is the paper that was scanned.
    expect(execFileSync('unzip', ['-tq', join(folder, 'capsule.zip')], { encoding: 'utf8' })).toContain('No errors')
    for (let i = 0; i < 40; i++) {
      const bad = Buffer.from(done.capsule)
      const at = Math.floor((i + Math.random()) * bad.length / 40)
      bad[at] ^= 1 << (i % 8)
      const answer = verify(bad)
      expect(answer.status, `byte ${at}`).toBe(1)
      expect(answer.report.code, `byte ${at}`).toMatch(/^capsule\./)
    }
    expect(verify(done.capsule.subarray(0, done.capsule.length - 100)).report.code).toBe('capsule.container_altered')
    const foreign = spawnSync(defaultBinary, ['verify', '--json', '--root', join(folder, 'none.pem'), roots], { encoding: 'utf8' })
    expect(foreign.status).toBe(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a case is shown as it stood at every instant', async () => {
  const now = await done.registrar.client.get(`${done.registrar.path}/history`)
  expect(now.then.state).toBe('registered')
  expect(now.instants.length).toBeGreaterThan(4)
  const first = now.instants[0].at
  const both = await done.registrar.client.get(`${done.registrar.path}/history?at=${first}&and=${now.instants.at(-1).at}`)
  expect(both.then.state).not.toBe('registered')
  expect(both.differences.map((d: { path: string }) => d.path)).toContain('/state')
  expect(JSON.stringify(both)).not.toContain('"v1.')
})

test('one changed byte is noticed', async () => {
  const forged = Buffer.from(done.certificate)
  forged[Math.floor(forged.length / 3)] ^= 1
  const verdict = await done.anyone.call('POST', '/api/v1/public/certificate-checks', { bytes: forged, type: 'application/pdf', key: null })
  expect(verdict.verdict).not.toBe('valid')
})

test('a wrong verification code proves nothing', async () => {
  const verdict = await done.anyone.get(`/api/v1/public/certificate-checks?number=${encodeURIComponent(done.certificateNumber)}&code=AAAAAAAAAAAA`)
  expect(verdict.verdict).toBe('unknown')
})

test('journal, folds and register hold together afterwards', async ({ instance }) => {
  const said = await instance.admin('check-data')
  expect(said).toContain('0 wrong')
})
