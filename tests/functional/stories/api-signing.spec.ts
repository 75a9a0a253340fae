// A registry's own program has documents sealed and verified through HTTP; what it may not do is refused with its own code.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, refused } from '../lib/client.mjs'
import { pdf } from '../lib/files.mjs'
import { expect, test } from './fixture.ts'

test.use({ config: '\n# sealing as a service\n' })
test.describe.configure({ mode: 'serial' })
const folder = mkdtempSync(join(tmpdir(), 'tongban-signing-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
const home = '370102'
const seals = '/api/v1/signing/seals'
const letter = `${seals}?seal=registration&purpose=letter&subject=LX-2026-1`
let client = ''
let token = ''

const asProgram = (of: string) => ({ headers: { Authorization: `Bearer ${of}` } })
const document = (name: string) => pdf(1, name)
const seal = (instance: any, bytes: Buffer, path = letter, of = token, more = {}) =>
  new Client(instance.url).call('POST', path, { bytes, type: 'application/pdf', ...asProgram(of), ...more })
const verdict = (instance: any, bytes: Buffer) =>
  new Client(instance.url).call('POST', '/api/v1/signing/verifications', { bytes, type: 'application/octet-stream', ...asProgram(token) })
const adminSays = (instance: any, ...args: string[]) => instance.admin('admin', ...args).then(() => 'done', (e: any) => String(e.stderr ?? e))
const sealsOf = async (instance: any) => JSON.parse(await instance.admin('admin', 'seals', '--agency', home, '--json'))

test('two people give a program its token; it is shown once', async ({ instance }) => {
  const act = (what: string, account: string, ...more: string[]) => adminSays(instance, 'client', what, '--agency', home, '--account', account, ...more)
  client = (await instance.admin('admin', 'client', 'request', '--agency', home, '--account', 'lead-1', '--name', '历下区不动产登记业务系统', '--grant', 'registration/letter', '--reason', '系统对接')).trim()
  expect(await act('approve', 'lead-1', '--client', client)).toContain('seals.same_person')
  expect(await act('issue', 'lead-2', '--client', client)).toContain('signing.client_state')
  expect(await act('request', 'lead-1', '--name', '历下区不动产登记业务系统', '--grant', 'registration/letter', '--reason', 'x')).toContain('signing.client_name_taken')
  expect(await act('request', 'lead-1', '--name', '另一个系统', '--grant', 'registration/certificate', '--reason', 'x')).toContain('signing.grants_invalid')
  expect(await act('approve', 'lead-2', '--client', client)).toBe('done')
  token = (await instance.admin('admin', 'client', 'issue', '--agency', home, '--account', 'lead-2', '--client', client)).trim()
  expect(token).toMatch(/^370102\.[0-9a-f-]{36}\.[0-9a-f]{64}$/)
  const listed = await instance.admin('admin', 'clients', '--agency', home, '--json')
  expect(listed).not.toContain(token.split('.')[2])
  expect(JSON.parse(listed)[0]).toMatchObject({ name: '历下区不动产登记业务系统', state: 'issued', grants: 'registration/letter' })
})

test('without a seal in force nothing is sealed', async ({ instance }) => {
  expect((await refused(seal(instance, document('a')))).code).toBe('seals.not_in_force')
  const act = (what: string, account: string, ...more: string[]) => instance.admin('admin', 'seal', what, '--agency', home, '--account', account, ...more)
  await act('request', 'lead-1', '--kind', 'registration', '--reason', '新设')
  const { id } = (await sealsOf(instance))[0]
  await act('approve', 'lead-2', '--seal', id)
  await act('issue', 'lead-2', '--seal', id)
})

test('a document comes back sealed, and other programs agree', async ({ instance }) => {
  const bytes = document('letter')
  const record = await seal(instance, bytes, letter, token, { key: 'letter-2026-1' })
  expect(record).toMatchObject({ format: 'pdf', purpose: 'letter', subject: 'LX-2026-1', time_stamped: true })
  const sealed = await new Client(instance.url).get(`${seals}/${record.id}/file`, { want: 'bytes', ...asProgram(token) })
  expect(sealed.subarray(0, bytes.length).equals(bytes)).toBe(true)
  const file = join(folder, 'sealed.pdf')
  writeFileSync(file, sealed)
  execFileSync('qpdf', ['--check', file])
  expect(execFileSync('sh', ['-c', 'pdftotext "$1" - 2>&1 >/dev/null', 'sh', file], { encoding: 'utf8' })).toBe('')
  const said = execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
  expect(said).toContain('Signature is Valid')
  expect(said).toContain('Total document signed')
  // What the seal's key says of the file, by openssl alone.
  writeFileSync(join(folder, 'statement'), record.statement)
  writeFileSync(join(folder, 'signature'), Buffer.from(record.seal_signature, 'base64url'))
  writeFileSync(join(folder, 'seal.pem'), record.certificate)
  execFileSync('sh', ['-c', 'cd "$1" && openssl x509 -in seal.pem -pubkey -noout >key.pem && openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 -signature signature statement', 'sh', folder])
  const digest = execFileSync('openssl', ['dgst', '-sm3', '-r', file], { encoding: 'utf8' }).slice(0, 64)
  expect(record.statement).toContain(`\nsm3 ${digest}\n`)
  expect(record.file_sm3).toBe(digest)

  const again = await seal(instance, bytes, letter, token, { key: 'letter-2026-1', want: 'response' })
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect((await again.json()).id).toBe(record.id)
  expect(await verdict(instance, sealed)).toMatchObject({ genuine: true, agency: home, format: 'pdf' })
  const changed = Buffer.from(sealed)
  changed[bytes.length >> 1] ^= 1
  expect(await verdict(instance, changed)).toMatchObject({ genuine: false, fault: 'evidence.altered' })
  expect(await verdict(instance, bytes)).toMatchObject({ genuine: false, fault: 'evidence.not_signed' })
  // The public page knows the signature, and says that it is no certificate.
  const onPage = await new Client(instance.url).call('POST', '/api/v1/public/certificate-checks', { bytes: sealed, type: 'application/pdf', key: null })
  expect(onPage.verdict).toBe('unknown')
  const [inForce] = await sealsOf(instance)
  expect(inForce.uses).toHaveLength(1)
  expect(inForce.uses[0]).toMatchObject({ account: `client:${client} 历下区不动产登记业务系统`, duty: 'system', purpose: 'letter', subject: 'LX-2026-1' })
})

test('what it may not have is refused, each with its own code', async ({ instance }) => {
  const code = async (bytes: Buffer, path = letter, of = token) => (await refused(seal(instance, bytes, path, of))).code
  const bytes = document('x')
  expect(await code(bytes, `${seals}?seal=registration&purpose=document&subject=1`)).toBe('signing.not_granted')
  expect(await code(bytes, `${seals}?seal=0193-none&purpose=letter&subject=1`)).toBe('seals.not_found')
  expect(await code(bytes, `${seals}?seal=registration&purpose=letter`)).toBe('base.invalid_fields')
  expect(await code(Buffer.from('words'))).toBe('signing.unsupported')
  expect(await code(pdf(1, 'x', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'))).toBe('imaging.active_content')
  expect(await code(Buffer.alloc((8 << 20) - 1000, 'x'))).toBe('signing.too_large')
  expect(await code(Buffer.alloc((8 << 20) + 1000, 'x'))).toBe('http.body_too_large')
  expect(await code(bytes, letter, `370202${token.slice(6)}`)).toBe('signing.client_unknown')
  expect(await code(bytes, letter, '')).toBe('signing.client_unknown')
  expect((await refused(seal(instance, bytes, letter, token, { key: null }))).code).toBe('access.idempotency_key_missing')
  // A person's cookie opens nothing here.
  const person = new Client(instance.url)
  const { login, password } = instance.account(home, 'registrar')
  await person.signIn(login, password)
  expect((await refused(person.call('POST', letter, { bytes, type: 'application/pdf' }))).code).toBe('signing.client_unknown')
})

test('a retired seal and a revoked program end it', async ({ instance }) => {
  const [{ id }] = await sealsOf(instance)
  await instance.admin('admin', 'seal', 'retire', '--agency', home, '--account', 'lead-2', '--seal', id, '--reason', '机构更名')
  expect((await refused(seal(instance, document('y')))).code).toBe('seals.not_in_force')
  await instance.admin('admin', 'client', 'revoke', '--agency', home, '--account', 'lead-2', '--client', client, '--reason', '系统下线')
  expect((await refused(seal(instance, document('y')))).code).toBe('signing.client_unknown')
  expect(await instance.admin('check-data')).toContain('0 wrong')
})
