#!/usr/bin/env node
// Submits a second through HTTP on the real server against the same rows written by the raw database library with the
// same durability.
//
//   bench/submit.mjs [--engine sqlite|postgres] [--rounds 5] [--seconds 4] [--clients 64] [--binary PATH] [--raw PATH]
//
// A submit is POST /api/v1/collections by `clients` keep-alive connections (wrk): session, CSRF token and a new
// Idempotency-Key each; it opens a sitting at the collecting registry, and the exchange then opens the case at the home
// registry and tells the sitting its number. A submit counts when all of that is committed: the clock stops when the
// outbox is empty, not when wrk stops.
// The raw side (build/release/src/platform/sql/bench_submit, ninja bench_submit) sends the same writing statements
// (submit/submit.json; checked below against the rows that the server wrote) through libsqlite3 or libpq: with a
// transaction per submit on one connection and on `clients`, and as a stricter peer 64 submits to one transaction. It
// reads nothing, checks nothing, signs, seals and hashes nothing.
// Same disk, fsync on, rounds interleaved, medians. PostgreSQL is a throw-away cluster of tests/postgres.sh.
// Ends with: submit ratio=… limit=0.50 …; status 1 below the limit against a transaction per submit.
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { Instance } from '../tests/functional/lib/instance.mjs'
import { collecting, signIn } from '../tests/functional/lib/story.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { values } = parseArgs({ options: {
  engine: { type: 'string', default: 'sqlite' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' },
  clients: { type: 'string', default: '64' }, binary: { type: 'string' }, port: { type: 'string', default: '15455' },
  raw: { type: 'string', default: join(root, 'build/release/src/platform/sql/bench_submit') },
} })
const exec = promisify(execFile)
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const plan = join(root, 'bench/submit/submit.json')
const postgres = values.engine === 'postgres'
const folder = mkdtempSync(join(tmpdir(), 'tongban-submit-'))
chmodSync(folder, 0o755) // the cluster runs as another account when root starts it
const cluster = (action) => execFileSync(join(root, 'tests/postgres.sh'), [action, join(folder, 'pg'), values.port], { env: { ...process.env, TONGBAN_TEST_DURABLE: '1' } }).toString().trim()

let instance
try {
  const conninfo = postgres ? cluster('start') : undefined
  instance = await Instance.start({ postgres: conninfo, binary: values.binary })
  const database = join(instance.data, 'tongban.db')
  const ask = (sql) => (postgres
    ? execFileSync('psql', [conninfo, '-qAtc', `set search_path = ${instance.schema}`, '-c', sql])
    : execFileSync('sqlite3', ['-readonly', database, sql])).toString().trim()
  const rawDatabase = conninfo ?? join(folder, 'raw.db')
  const raw = async (mode, size) => Number((await exec(values.raw, [plan, rawDatabase, mode, String(size), values.seconds])).stdout)
  const clerk = await signIn(instance, collecting, 'collector')
  const cookie = [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
  const tables = ['collections', 'cases', 'commands', 'journal_events', 'exchange_outbox', 'exchange_inbox']
  const rows = () => tables.map((table) => Number(ask(`select count(*) from ${table}`)))

  let run = 0
  async function ours() {
    const before = rows()
    const began = performance.now()
    const { stdout } = await exec('wrk', ['-t1', `-c${values.clients}`, `-d${values.seconds}s`, '-s', join(root, 'bench/submit/open.lua'), instance.url],
      { env: { ...process.env, BENCH_COOKIE: cookie, BENCH_CSRF: clerk.csrf, BENCH_RUN: `${process.pid}-${Date.now()}-${++run}` } })
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout)
    const answered = performance.now() - began
    while (ask("select 1 from exchange_outbox where state = 'waiting' limit 1")) await new Promise((done) => setTimeout(done, 10))
    const complete = performance.now() - began
    const made = rows().map((count, i) => count - before[i])
    return { complete: made[0] / complete * 1000, answered: made[0] / answered * 1000, made }
  }

  // The plan must be what the server writes.
  const planned = tables.map((table) => JSON.parse(readFileSync(plan)).submit.filter((s) => s.sql.startsWith(`insert into ${table} `)).length)
  await ours() // warm
  const seen = { complete: [], answered: [], one: [], many: [], grouped: [] }
  for (let round = 0; round < Number(values.rounds); round++) {
    seen.one.push(await raw('raw', 1))
    seen.many.push(await raw('raw', values.clients))
    seen.grouped.push(await raw('grouped', 64))
    const { complete, answered, made } = await ours()
    seen.complete.push(complete)
    seen.answered.push(answered)
    tables.forEach((table, i) => {
      if (made[i] !== made[0] * planned[i]) throw new Error(`the server wrote ${made[i]} rows of ${table} for ${made[0]} submits, the plan says ${planned[i]} each`)
    })
  }
  const m = Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, median(list)]))
  const best = Math.max(m.one, m.many)
  const show = (n) => n.toFixed(0)
  console.log(`raw, a transaction per submit: ${show(m.one)}/s on 1 connection, ${show(m.many)}/s on ${values.clients}; raw, 64 submits to a transaction: ${show(m.grouped)}/s`)
  console.log(`ours: ${show(m.answered)}/s answered, ${show(m.complete)}/s complete with all that the exchange writes`)
  console.log(`submit ratio=${(m.complete / best).toFixed(2)} limit=0.50 engine=${values.engine} clients=${values.clients} grouped_ratio=${(m.complete / m.grouped).toFixed(2)} ` +
    `per_s=${show(m.complete)} raw_per_s=${show(best)} raw_grouped_per_s=${show(m.grouped)}`)
  if (m.complete / best < 0.5) process.exitCode = 1
} finally {
  await instance?.stop()
  if (postgres) cluster('stop')
  rmSync(folder, { recursive: true, force: true })
}
