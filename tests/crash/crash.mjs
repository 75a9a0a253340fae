#!/usr/bin/env node
// Kills the server with SIGKILL at random moments under load, restarts it, and asks for every step it ever acknowledged.
//   crash.mjs --engine sqlite|postgres [--rounds 6] [--clerks 6] [--seed N]     (postgres: TONGBAN_TEST_POSTGRES holds the conninfo)
import { createHash, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Client, ProblemError, until } from '../functional/lib/client.mjs'
import { png } from '../functional/lib/files.mjs'
import { Instance } from '../functional/lib/instance.mjs'
import { collecting, demoPeople, home, mortgageApplication, Sitting } from '../functional/lib/story.mjs'

const { values } = parseArgs({ options: { engine: { type: 'string', default: 'sqlite' }, rounds: { type: 'string', default: '6' }, clerks: { type: 'string', default: '6' }, seed: { type: 'string', default: String(Date.now() % 1e9) } } })
let state = Number(values.seed) || 1
const random = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return state % n } // repeatable with --seed
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')
console.log(`engine=${values.engine} seed=${values.seed}`)

const postgres = values.engine === 'postgres' ? process.env.TONGBAN_TEST_POSTGRES : undefined
if (values.engine === 'postgres' && !postgres) throw new Error('TONGBAN_TEST_POSTGRES is not set')
const instance = await Instance.start({ postgres })
const people = await demoPeople(instance)
const account = instance.account(collecting, 'collector')
const unused = [...people.units]

// What the server acknowledged: sitting → lowest version it must have, pages it must hold; opened keys → sitting.
const acknowledged = new Map()
const inDoubt = [] // opens whose answer never came: repeating the key must give one sitting, not two
let steps = 0
let running = true

function remember(record) {
  const known = acknowledged.get(record.id) ?? { version: 0, pages: new Map(), pushed: false }
  known.version = Math.max(known.version, record.version)
  acknowledged.set(record.id, known)
  steps++
  return known
}

// One clerk works until the server dies under it.
async function clerk(number, client) {
  for (let n = 0; running; n++) {
    const sitting = new Sitting(client)
    const key = randomUUID()
    inDoubt.push(key)
    sitting.record = await client.post('/api/v1/collections', { home, item: 'DY-01' }, { key })
    inDoubt.splice(inDoubt.indexOf(key), 1)
    remember(sitting.record)
    await sitting.linked()
    // The same people are not collected twice for the same unit and item, so every push has a unit of its own.
    const unitNumber = n % 4 === 3 ? unused.shift() : undefined
    if (unitNumber) {
      await sitting.prepare(people, { unitNumber })
      remember(sitting.record)
      await sitting.push()
      remember(sitting.record).pushed = true
      continue
    }
    await sitting.apply(mortgageApplication(people.unit))
    remember(sitting.record)
    for (let i = 0; i < 2; i++) {
      const bytes = png(number * 1000 + n * 10 + i, 300 + random(200), 400)
      const page = await sitting.upload('M10', `第${i}页.png`, bytes)
      remember(sitting.record).pages.set(page, hash(bytes))
    }
  }
}

let failed = 0
const fail = (text) => { failed++; console.error(`LOST: ${text}`) }

async function checkEverything() {
  const client = new Client(instance.url)
  await client.signIn(account.login, account.password)
  for (const [id, known] of acknowledged) {
    const record = await client.get(`/api/v1/collections/${id}`).catch((e) => (fail(`sitting ${id}: ${e.message}`), null))
    if (!record) continue
    if (record.version < known.version) fail(`sitting ${id} is at version ${record.version}, acknowledged was ${known.version}`)
    const pages = new Map(record.materials.flatMap((m) => m.pages).map((p) => [p.id, p]))
    for (const [page, digest] of known.pages) {
      if (!pages.has(page)) { fail(`page ${page} of sitting ${id}`); continue }
      const bytes = await client.get(`/api/v1/collections/${id}/pages/${page}`, { want: 'bytes' })
      if (hash(bytes) !== digest) fail(`bytes of page ${page} of sitting ${id}`)
    }
    if (known.pushed) await until(`the receipt of ${id}`, () => client.get(`/api/v1/collections/${id}`), (r) => !['open', 'pushed'].includes(r.state), { seconds: 30 }).catch((e) => fail(e.message))
  }
  for (const key of inDoubt.splice(0)) {
    const first = await client.post('/api/v1/collections', { home, item: 'DY-01' }, { key })
    const again = await client.post('/api/v1/collections', { home, item: 'DY-01' }, { key })
    if (first.id !== again.id) fail(`key ${key} made two sittings`)
    remember(first)
  }
}

try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    running = true
    // One after the other: many sign-ins to one account at the same moment look like guessing and are refused.
    const clients = []
    for (let i = 0; i < Number(values.clerks); i++) {
      clients.push(new Client(instance.url))
      await clients[i].signIn(account.login, account.password)
    }
    const work = clients.map((client, i) => clerk(round * 100 + i, client).catch((e) => {
      // The connection of a killed server breaks; a refusal would be a mistake of the test or the server.
      if (e instanceof ProblemError && e.status < 500) fail(`refused: ${e.message}`)
    }))
    await new Promise((done) => setTimeout(done, 700 + random(1500)))
    await instance.killServer()
    running = false
    await Promise.all(work)
    await instance.startServer()
    await checkEverything()
    console.log(`round ${round}: ${steps} acknowledged steps on ${acknowledged.size} sittings, ${failed} lost`)
  }
  await instance.killServer()
  const said = await instance.admin('check-data')
  if (!said.includes('0 wrong')) fail(`check-data: ${said}`)
  if (steps < 50) fail(`only ${steps} steps were acknowledged: the test did not test`)
} catch (error) {
  failed++
  console.error(error)
} finally {
  await instance.stop()
}
console.log(`${steps} acknowledged steps, ${failed} lost`)
process.exit(failed ? 1 : 0)
