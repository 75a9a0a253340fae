#!/usr/bin/env node
// Do the screens of the home registry's desk stay as quick when ten years of cases lie behind them?
//
//   bench/desk.mjs [--engine sqlite|postgres] [--small 10000] [--large 1000000] [--rounds 10] [--binary PATH] [--port 15457]
//
// Two instances run side by side: a city of ten registries after five weeks and after ten years (bench/desk/fill.mjs tells
// what is the same and what grows). One request after another, both asked in turn, through HTTP with session and all:
// lists of every queue with their counts, one's own open work, the filtered list of what is finished, searches, sheets of
// open work and of the archive. Prints the p95 of each and the ratio of large to small; the last line is the inbox's and the
// sheets' ratio against 1.5, status 1 above it. Needs sqlite3 or psql; 1,000,000 cases want 45 GB of disk on SQLite.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { until } from '../tests/functional/lib/client.mjs'
import { Instance } from '../tests/functional/lib/instance.mjs'
import { CaseWork, collecting, demoPeople, home, payAtGateway, signIn, Sitting, track } from '../tests/functional/lib/story.mjs'
import { fill, registries } from './desk/fill.mjs'

const limit = 1.5
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { values } = parseArgs({ options: {
  engine: { type: 'string', default: 'sqlite' }, small: { type: 'string', default: '10000' }, large: { type: 'string', default: '1000000' },
  rounds: { type: 'string', default: '10' }, binary: { type: 'string' }, port: { type: 'string', default: '15457' },
} })
const postgres = values.engine === 'postgres'
const folder = mkdtempSync(join(tmpdir(), 'tongban-desk-'))
chmodSync(folder, 0o755) // the cluster runs as another account when root starts it
const cluster = (action) => execFileSync(join(root, 'tests/postgres.sh'), [action, join(folder, 'pg'), values.port]).toString().trim()

// A case in every state that waits for somebody, and two that have ended, played through the public API.
async function play(instance, people) {
  const units = people.units.slice(-8)
  const states = ['filed', 'accepted', 'awaiting_payment', 'paid', 'supplement', 'suspended', 'registered', 'not_accepted']
  const templates = {}
  for (const [n, state] of states.entries()) {
    const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
    await sitting.open()
    await sitting.prepare(people, { unitNumber: units[n] })
    await sitting.push()
    await until('the receipt', () => sitting.reload(), (r) => r.state === 'received')
    const number = (templates[state] = sitting.record.case_number)
    const as = async (duty) => new CaseWork(await signIn(instance, home, duty), number)
    if (state === 'filed') continue
    if (state === 'supplement') {
      await (await as('acceptor')).act('supplement-request', { lines: [{ line: 'M10', text: '合同第二页缺失', reason: 'unreadable_scan' }] })
      continue
    }
    if (state === 'not_accepted') {
      await (await as('acceptor')).act('non-acceptance', { ground: 'incomplete', reason: '材料不全', code: 'missing_material' })
      continue
    }
    await (await as('acceptor')).act('acceptance', {})
    if (state === 'accepted') continue
    if (state === 'suspended') {
      await (await as('reviewer')).act('suspension', { reason: 'dispute', legal: '《不动产登记暂行条例》第二十二条' })
      continue
    }
    await (await as('reviewer')).act('approval', {})
    if (state === 'awaiting_payment') continue
    const bank = await track(instance, number, people.agent.phone)
    await payAtGateway((await bank.post('/api/v1/public/tracked-case/payments', undefined)).redirect_url)
    await until('the payment', () => bank.get('/api/v1/public/tracked-case'), (c) => c.bill?.state === 'paid')
    if (state === 'paid') continue
    const registrar = await as('registrar')
    await registrar.act('registration', undefined)
    await registrar.waitFor('the certificate', (r) => r.certificate?.state === 'issued')
  }
  return templates
}

async function city(cases, conninfo) {
  const instance = await Instance.start({ postgres: conninfo, binary: values.binary })
  const people = await demoPeople(instance)
  const templates = await play(instance, people)
  const accounts = {}
  for (const account of instance.accounts.filter((one) => one.agency === home)) {
    const { account_id, name } = (await signInAs(instance, account)).session
    for (const duty of account.duties) (accounts[duty] ??= []).push({ account: account_id, name })
  }
  await Instance.end(instance.server, 'SIGTERM')
  const began = Date.now()
  const database = postgres ? { postgres: conninfo, schema: instance.schema } : { sqlite: join(instance.data, 'tongban.db') }
  await fill(database, { cases, templates, accounts, owner: people.owner.name, folder })
  await instance.startServer()
  const ask = (sql) => (postgres ? execFileSync('psql', [conninfo, '-qAtc', `set search_path = ${instance.schema}`, '-c', sql], { maxBuffer: 64 << 20 })
    : execFileSync('sqlite3', ['-readonly', database.sqlite, sql], { maxBuffer: 64 << 20 })).toString().trim().split('\n')
  const [count] = ask('select count(*) from cases')
  console.log(`filled engine=${values.engine} cases=${count} seconds=${((Date.now() - began) / 1000).toFixed(0)}`)
  // Open work as the lists show it, and what ended at any time of the years.
  const open = ask(`select number from cases where agency = ${home} and queue in ('acceptance', 'review', 'payment', 'registration') order by queue_at`)
  const done = ask(`select number from cases where agency = ${home} and queue = 'done' order by collection_id limit 3000`)
  const named = ask(`select name from case_names where agency = ${home} order by case_number limit 2000`).filter((name) => name.length === 3)
  const reader = await signIn(instance, home, 'acceptor')
  const cookie = [...reader.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
  return { instance, open, done, named, cookie, agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) }
}
async function signInAs(instance, account) {
  const client = new (await import('../tests/functional/lib/client.mjs')).Client(instance.url)
  client.session = await client.signIn(account.login, account.password)
  return client
}

// Milliseconds until the last byte.
function timed(of, path) {
  return new Promise((done, fail) => {
    const began = performance.now()
    http.get(of.instance.url + path, { agent: of.agent, headers: { Cookie: of.cookie } }, (response) => {
      response.on('data', () => {})
      response.on('end', () => (response.statusCode === 200 ? done(performance.now() - began) : fail(new Error(`${path}: ${response.statusCode}`))))
    }).on('error', fail)
  })
}

const reason = `?reason=${encodeURIComponent('核对办理情况')}`
const at = (list, n) => list[(n * 37) % list.length]
// Name → path of the n-th request. `limited`: what the target speaks of.
const screens = {
  inbox: { limited: true, path: (of, n) => `/api/v1/cases?queue=${['mine', 'acceptance', 'review', 'payment', 'registration', 'supplement', 'done'][n % 7]}` },
  'inbox, filtered': { limited: true, path: (of, n) => `/api/v1/cases?queue=${['acceptance&owner=free', 'review&due=overdue', 'payment&due=today', `acceptance&collecting=${collecting}`, 'review&item=DY-01'][n % 5]}` },
  'sheet of open work': { limited: true, path: (of, n) => `/api/v1/cases/${at(of.open, n)}${reason}` },
  'sheet of the archive': { limited: false, path: (of, n) => `/api/v1/cases/${at(of.done, n)}${reason}` },
  'finished, filtered': { limited: false, path: (of, n) => `/api/v1/cases?queue=done&${['item=ZX-01', `collecting=${collecting}`, 'collecting=371302&item=DY-01'][n % 3]}` },
  search: { limited: false, path: (of, n) => `/api/v1/case-search?q=${n % 2 ? encodeURIComponent(at(of.named, n)) : at(of.done, n)}` },
}
const p95 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)]

const cities = []
try {
  const conninfo = postgres ? cluster('start') : undefined
  for (const cases of [Number(values.small), Number(values.large)]) cities.push(await city(cases, conninfo))
  const asked = 70
  const took = cities.map(() => Object.fromEntries(Object.keys(screens).map((name) => [name, []])))
  for (let round = -1; round < Number(values.rounds); round++) { // the first one warms up
    for (const [name, { path }] of Object.entries(screens)) {
      for (let n = 0; n < asked; n++) {
        for (const [which, of] of cities.entries()) {
          const ms = await timed(of, path(of, (round + 1) * asked + n))
          if (round >= 0) took[which][name].push(ms)
        }
      }
    }
  }
  let worst = 0
  for (const [name, { limited }] of Object.entries(screens)) {
    const [small, large] = took.map((of) => p95(of[name]))
    if (limited) worst = Math.max(worst, large / small)
    console.log(`${name.padEnd(22)} p95 ${small.toFixed(2)} ms → ${large.toFixed(2)} ms  ratio ${(large / small).toFixed(2)}${limited ? '' : ' (no limit)'}`)
  }
  console.log(`desk engine=${values.engine} cases=${values.small}→${values.large} registries=${registries.length} ratio=${worst.toFixed(2)} limit=${limit}`)
  if (worst > limit) process.exitCode = 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  for (const { instance, agent } of cities) {
    agent.destroy()
    await instance.stop()
  }
  if (postgres) cluster('stop')
  rmSync(folder, { recursive: true, force: true })
}
