#!/usr/bin/env node
// Opening a case sheet with 30 pages on the real server in one request, against nginx serving the same bytes.
//
//   bench/sheet.mjs [--engine sqlite|postgres] [--rounds 5] [--binary PATH]
//
// Plays the path of the tour until the package is at the home registry (30 pages over its material lines), signs in its
// acceptance clerk, and gives the address and cookie to bench/sheet.sh, which measures. Needs wrk and nginx-light.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { until } from '../tests/functional/lib/client.mjs'
import { png } from '../tests/functional/lib/files.mjs'
import { Instance } from '../tests/functional/lib/instance.mjs'
import { collecting, demoPeople, home, signIn, Sitting } from '../tests/functional/lib/story.mjs'

const pages = 30
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { values } = parseArgs({ options: { engine: { type: 'string', default: 'sqlite' }, rounds: { type: 'string', default: '5' }, binary: { type: 'string' }, port: { type: 'string', default: '15456' } } })
const postgres = values.engine === 'postgres'
const folder = mkdtempSync(join(tmpdir(), 'tongban-sheet-'))
chmodSync(folder, 0o755) // the cluster runs as another account when root starts it
const cluster = (action) => execFileSync(join(root, 'tests/postgres.sh'), [action, join(folder, 'pg'), values.port], { env: { ...process.env, TONGBAN_TEST_DURABLE: '1' } }).toString().trim()
let instance
try {
  // By the socket, as a database on the same machine is used (packaging/config.example.toml).
  const conninfo = postgres ? cluster('start').replace('host=127.0.0.1', `host=${join(folder, 'pg')}`) : undefined
  instance = await Instance.start({ postgres: conninfo, binary: values.binary })
  const people = await demoPeople(instance)
  const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
  await sitting.open()
  await sitting.prepare(people)
  const held = () => sitting.record.materials.reduce((sum, line) => sum + line.pages.length, 0)
  const lines = sitting.record.materials.filter((line) => line.required_now).map((line) => line.code)
  for (let n = 0; held() < pages; n++) await sitting.upload(lines[n % lines.length], `第${n + 1}页.png`, png(1000 + n))
  for (const line of lines) await sitting.check(line)
  await sitting.push()
  await until('the home receipt', () => sitting.reload(), (r) => r.state === 'received')
  const acceptor = await signIn(instance, home, 'acceptor')
  const sheet = `/api/v1/cases/${sitting.record.case_number}`
  const shown = await acceptor.get(sheet)
  const count = shown.materials.reduce((sum, line) => sum + line.pages.length, 0)
  if (count !== pages) throw new Error(`the sheet shows ${count} pages`)
  const cookie = [...acceptor.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
  console.log(`engine=${values.engine} pages=${count} checks=${shown.checks.length}`)
  execFileSync(join(root, 'bench/sheet.sh'), [instance.url + sheet], { stdio: 'inherit', env: { ...process.env, SHEET_COOKIE: cookie, SHEET_ROUNDS: values.rounds, SHEET_PID: String(instance.server.pid) } })
} catch (error) {
  if (error.status === undefined) console.error(error.message) // else the script has said it
  process.exitCode = 1
} finally {
  await instance?.stop()
  if (postgres) cluster('stop')
  rmSync(folder, { recursive: true, force: true })
}
