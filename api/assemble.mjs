#!/usr/bin/env node
// Joins api/fragments/*.yaml into api/openapi.yaml. Fragments hold `paths` and `components`; 00-root.yaml holds the rest.
// `--check` only tells whether openapi.yaml is up to date. Uses the `yaml` package installed for web/.
import { createRequire } from 'node:module'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const { parse, stringify } = createRequire(join(here, '../web/package.json'))('yaml')

function mergeInto(target, part, file) {
  for (const [key, value] of Object.entries(part)) {
    if (key in target && typeof value === 'object' && !Array.isArray(value)) mergeInto(target[key], value, file)
    else if (key in target) throw new Error(`${file}: "${key}" is defined twice`)
    else target[key] = value
  }
}

const files = readdirSync(join(here, 'fragments')).filter((f) => f.endsWith('.yaml')).sort()
const whole = {}
for (const file of files) mergeInto(whole, parse(readFileSync(join(here, 'fragments', file), 'utf8')), file)
const text = '# Made from fragments/ by assemble.mjs; do not edit.\n' + stringify(whole, { lineWidth: 140, aliasDuplicateObjects: false })
const target = join(here, 'openapi.yaml')
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('api/openapi.yaml is not what the fragments say; run: node api/assemble.mjs')
    process.exit(1)
  }
} else writeFileSync(target, text)
