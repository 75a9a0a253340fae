#!/usr/bin/env node
// Fills the last column of docs/hard-cases.md with the tests whose names begin with the number of a row. `--check` only tells whether it is
// up to date. A row without a test says what it waits for ("waits for …"), and a row that waits has no test.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const page = join(root, 'docs/hard-cases.md')
const list = (...paths) => execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...paths], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)

const tests = new Map()
const note = (row, name) => tests.set(row, [...(tests.get(row) ?? []), name])
for (const file of list('src/**/*_test.cc')) {
  for (const [, suite, row, rest] of readFileSync(join(root, file), 'utf8').matchAll(/^TEST(?:_P|_F)?\((\w+), (H\d\d)(\w+)\)/gm)) note(row, `\`${suite}.${row}${rest}\``)
}
for (const file of list('tests/functional/stories/*.spec.ts')) {
  for (const [, row, rest] of readFileSync(join(root, file), 'utf8').matchAll(/^\s*test\(['"](H\d\d)( [^'"]*)/gm)) note(row, `${file.split('/').pop()}: ${row}${rest}`)
}

const wrong = []
const known = new Set()
const before = readFileSync(page, 'utf8')
const after = before
  .split('\n')
  .map((line) => {
    const found = /^\| (H\d\d) \| ([^|]+) \| ([^|]*) \|$/.exec(line)
    if (!found) return line
    const [, row, situation, last] = found
    known.add(row)
    const waits = last.startsWith('waits for ')
    const names = (tests.get(row) ?? []).sort()
    if (names.length === 0 && !waits) wrong.push(`${row} has no test and waits for nothing`)
    return `| ${row} | ${situation} | ${names.length > 0 ? names.join('<br>') : last} |`
  })
  .join('\n')
for (const row of tests.keys()) if (Number(row.slice(1)) <= 46 && !known.has(row)) wrong.push(`${row} has a test and no row in docs/hard-cases.md`)

if (process.argv.includes('--check')) {
  if (before !== after) wrong.push('docs/hard-cases.md is not what the tests say; run: node tests/tidy/hard-cases.mjs')
} else if (before !== after) writeFileSync(page, after)
for (const line of wrong) console.error(line)
process.exit(wrong.length > 0 ? 1 : 0)
