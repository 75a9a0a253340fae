#!/usr/bin/env node
// Writes docs/problems.md from the problem tables in the code: code, HTTP status, what could help, title.
import { readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'))
const status = { invalid: 400, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, stale: 412, too_large: 413, unsupported: 415, unprocessable: 422, precondition_required: 428, too_many: 429, internal: 500, unavailable: 503, storage_full: 507 }
const help = { never: 'nothing', after_fix: 'correct and send again', reload: 'reload the record', later: 'try again later' }
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], { encoding: 'utf8' }).split('\n').filter((f) => /\.(h|cc)$/.test(f) && !/_test\./.test(f))
const rows = []
for (const f of files)
  for (const m of readFileSync(f, 'utf8').matchAll(/Problem\s+\w+\s*\{\s*"([^"]+)",\s*Kind::(\w+),\s*Retry::(\w+),\s*"([^"]*)"/g))
    rows.push(`| \`${m[1]}\` | ${status[m[2]]} | ${help[m[3]]} | ${m[4]} |`)
writeFileSync('docs/problems.md', `# Problems

Every way Tongban says no, as the \`code\` of an RFC 9457 document. Codes are stable for ever; wording may improve.
Made from the tables in the code by \`node tests/tidy/problems.mjs\`; \`tests/tidy\` checks that it is complete.

| code | status | what could help | title |
|---|---|---|---|
${rows.sort().join('\n')}
`)
console.log(`${rows.length} problems`)
