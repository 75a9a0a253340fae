#!/usr/bin/env node
// ./run tour: plays stories on a temporary instance through the public HTTP API.
//   (nothing)          the main path; its documents stay on disk, the last line names the certificate
//   ITEM [SCENARIO]    one row of lib/scenarios.mjs (without SCENARIO: R4b)
//   --all              all rows on one instance; the last line is "played N of N"
//   --list             the rows
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Cast } from './lib/cast.mjs'
import { Instance } from './lib/instance.mjs'
import { findScenario, play, scenarios } from './lib/scenarios.mjs'
import { mainPath } from './lib/story.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binary: { type: 'string' }, share: { type: 'string' }, keep: { type: 'string' }, postgres: { type: 'string' },
    trust: { type: 'string' }, list: { type: 'boolean' }, all: { type: 'boolean' }, some: { type: 'string' },
  },
})
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} 秒`
const nameOf = (row) => `${row.item} ${row.scenario}`

function list() {
  for (const row of scenarios) console.log(`${row.item.padEnd(6)} ${row.scenario.padEnd(16)} ${row.title}`)
  console.log(`${scenarios.length} scenarios; ./run tour ITEM SCENARIO plays one, ./run tour --all plays them all`)
}

// The roots of this temporary instance, beside those of earlier ones, for ./run verify: demonstrations made here.
function trust(pem) {
  if (!values.trust) return
  mkdirSync(values.trust, { recursive: true })
  const name = createHash('sha256').update(pem).digest('hex').slice(0, 16)
  writeFileSync(join(values.trust, `${name}.pem`), pem)
  const kept = readdirSync(values.trust).map((file) => join(values.trust, file)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const old of kept.slice(20)) rmSync(old)
}

async function playMainPath(instance) {
  let step = 0
  const began = Date.now()
  const result = await mainPath(instance, { tell: (_, text) => console.log(`${String(++step).padStart(2)}. ${text}`) })
  mkdirSync(values.keep, { recursive: true })
  const path = join(values.keep, 'certificate.pdf')
  writeFileSync(path, result.certificate)
  const ofd = join(values.keep, 'certificate.ofd')
  writeFileSync(ofd, result.sealed)
  const capsule = join(values.keep, 'capsule.zip')
  writeFileSync(capsule, result.capsule)
  writeFileSync(join(values.keep, 'capsule-of-the-owner.zip'), result.ownCapsule)
  trust(result.trusted)
  writeFileSync(join(values.keep, 'trusted.pem'), result.trusted)
  writeFileSync(join(values.keep, 'receipt.pdf'), result.receipt)
  writeFileSync(join(values.keep, 'acceptance.pdf'), result.accepted)
  console.log(`全程 ${seconds(began)}`)
  if ([result.byCode, result.byFile, result.bySealed, result.byCapsule].some((one) => one.verdict !== 'valid')) throw new Error('the certificate was not verified')
  console.log(`certificate=${path} ofd=${ofd} capsule=${capsule} case=${result.number} verify=${result.verifyPath}`)
}

async function playOne(instance, row) {
  let step = 0
  const began = Date.now()
  console.log(`${nameOf(row)} ${row.title}`)
  const story = await play(instance, await Cast.of(instance), row, (text) => console.log(`${String(++step).padStart(2)}. ${text}`))
  console.log(`全程 ${seconds(began)}`)
  console.log(`played ${nameOf(row)} case=${story.number}`)
}

// One that fails does not stop the others; at the end the whole instance must still add up.
async function playMany(instance, rows) {
  const cast = await Cast.of(instance)
  const failed = []
  for (const row of rows) {
    const began = Date.now()
    const told = []
    try {
      await play(instance, cast, row, (text) => told.push(text))
      console.log(`✓ ${nameOf(row).padEnd(24)} ${row.title}（${seconds(began)}）`)
    } catch (error) {
      failed.push(nameOf(row))
      console.log(`✗ ${nameOf(row).padEnd(24)} ${row.title}\n    ${told.slice(-3).join('\n    ')}\n    ${String(error.stack ?? error).split('\n').slice(0, 8).join('\n    ')}`)
    }
  }
  const said = await instance.admin('check-data')
  if (!said.includes('0 wrong')) failed.push(`check-data: ${said.trim()}`)
  if (failed.length) console.log(`failed: ${failed.join(', ')}`)
  console.log(`played ${rows.length - failed.filter((name) => rows.some((row) => nameOf(row) === name)).length} of ${rows.length}`)
  if (failed.length) process.exitCode = 1
}

function chosenRows() {
  if (values.all) return scenarios
  // For tests: "DY-01 R4b,XF-01 R4b"
  return values.some.split(',').map((name) => findScenario(...name.trim().split(' ')) ?? (() => { throw new Error(`there is no scenario ${name}; see ./run tour --list`) })())
}

let instance
try {
  if (values.list) {
    list()
  } else {
    const [item, scenario = 'R4b'] = positionals
    const row = item && findScenario(item, scenario)
    if (item && !row) throw new Error(`there is no scenario ${item} ${scenario}; see ./run tour --list`)
    const many = values.all || values.some ? chosenRows() : undefined
    console.log(`正在启动临时实例（${values.postgres ? 'PostgreSQL' : 'SQLite'}）…`)
    instance = await Instance.start(values)
    if (many) await playMany(instance, many)
    else if (row) await playOne(instance, row)
    else await playMainPath(instance)
  }
} catch (error) {
  console.error(`tour failed: ${error.message}`)
  process.exitCode = 1
} finally {
  await instance?.stop()
}
