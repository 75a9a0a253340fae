#!/usr/bin/env node
// ./run tour: plays the main path on a temporary instance through the public HTTP API and leaves the documents on disk.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Instance } from './lib/instance.mjs'
import { mainPath } from './lib/story.mjs'

const { values } = parseArgs({ options: { binary: { type: 'string' }, share: { type: 'string' }, keep: { type: 'string' }, postgres: { type: 'string' } } })
let instance
try {
  console.log(`正在启动临时实例（${values.postgres ? 'PostgreSQL' : 'SQLite'}）…`)
  instance = await Instance.start(values)
  let step = 0
  const began = Date.now()
  const result = await mainPath(instance, { tell: (_, text) => console.log(`${String(++step).padStart(2)}. ${text}`) })
  mkdirSync(values.keep, { recursive: true })
  const path = join(values.keep, 'certificate.pdf')
  writeFileSync(path, result.certificate)
  writeFileSync(join(values.keep, 'receipt.pdf'), result.receipt)
  writeFileSync(join(values.keep, 'acceptance.pdf'), result.accepted)
  console.log(`全程 ${((Date.now() - began) / 1000).toFixed(1)} 秒`)
  if (result.byCode.verdict !== 'valid' || result.byFile.verdict !== 'valid') throw new Error('the certificate was not verified')
  console.log(`certificate=${path} case=${result.number} verify=${result.verifyPath}`)
} catch (error) {
  console.error(`tour failed: ${error.message}`)
  process.exitCode = 1
} finally {
  await instance?.stop()
}
