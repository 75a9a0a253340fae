#!/usr/bin/env node
// Rules over the repository itself. Each says what is wrong, where, and because of what. Exit 1 when one is broken.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
process.chdir(root)
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64 << 20 }).split('\n').filter(Boolean)
const files = [...new Set([...git('ls-files'), ...git('ls-files', '--others', '--exclude-standard')])].filter((f) => existsSync(f) && statSync(f).isFile())
const text = new Map()
const read = (f) => { if (!text.has(f)) text.set(f, readFileSync(f, 'utf8')); return text.get(f) }
const wrong = []
const complain = (file, line, what, because) => wrong.push(`${file}${line ? ':' + line : ''}: ${what}\n    because ${because}`)
const eachLine = (file, look) => read(file).split('\n').forEach((l, i) => look(l, i + 1))
const code = files.filter((f) => /^src\/.*\.(h|cc)$/.test(f))
const isTest = (f) => /_test\.(cc|h)$/.test(f) || f.startsWith('src/testing/')

// 1. Levels: who may include whom.
const level = new Map()
for (const line of read('src/modules/LEVELS').split('\n')) {
  if (!/^\d/.test(line)) continue
  const [n, ...names] = line.split(' ')
  for (const name of names) level.set(name, Number(n))
}
const part = (path) => {
  const [, a, b] = path.startsWith('src/') ? path.split('/') : ['src', ...path.split('/')]
  return { area: a, name: a === 'modules' || a === 'platform' ? b : a }
}
for (const file of code) {
  const me = part(file)
  eachLine(file, (l, n) => {
    const found = /^#include "([^"]+)"/.exec(l)
    if (!found) return
    const target = found[1]
    const it = part(target)
    if (target.endsWith('.inc')) return // made by the build
    if (!target.includes('/')) complain(file, n, `includes "${target}" without its path from src/`, 'every include tells where a file lives')
    if (isTest(file)) return
    if (me.area === 'base' && !['base', 'sql'].includes(it.area)) complain(file, n, `base includes ${target}`, 'base knows no module and no platform')
    if (me.area === 'modules') {
      if (['platform', 'flows', 'server', 'sandbox'].includes(it.area)) complain(file, n, `a module includes ${target}`, 'modules are islands: the platform implements interfaces of base, flows are above')
      if (it.area === 'modules' && it.name !== me.name) {
        if (!target.includes('/core/')) complain(file, n, `${me.name} includes ${target}`, 'a module shows other modules only its core/')
        if (!(level.get(it.name) < level.get(me.name))) complain(file, n, `${me.name} (level ${level.get(me.name)}) includes ${it.name} (level ${level.get(it.name)})`, 'arrows point downwards; see src/modules/LEVELS')
      }
      if (file.includes('/core/') && it.area === 'modules' && it.name === me.name && !target.includes('/core/')) complain(file, n, `the core includes ${target}`, 'the core of a module is pure')
    }
    if (me.area === 'flows' && ['platform', 'server', 'sandbox'].includes(it.area)) complain(file, n, `a flow includes ${target}`, 'nobody but server includes platform')
    if (me.area === 'platform' && ['modules', 'flows', 'server'].includes(it.area)) complain(file, n, `the platform includes ${target}`, 'the platform implements interfaces of base and knows no module')
  })
}
for (const folder of readdirSync('src/modules', { withFileTypes: true })) {
  if (!folder.isDirectory()) continue
  if (!level.has(folder.name)) complain(`src/modules/${folder.name}`, 0, 'stands in no line of src/modules/LEVELS', 'a module without a level may include anything')
}

// 2. A README of about ten lines in every part.
for (const area of ['src/modules', 'src/platform'])
  for (const folder of readdirSync(area, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    const readme = `${area}/${folder.name}/README.md`
    if (!existsSync(readme)) complain(readme, 0, 'is missing', 'a newcomer reads it first')
    else if (read(readme).trim().split('\n').length < 4) complain(readme, 0, 'has fewer than four lines', 'it should say what the part is for, its words, its tables, who calls it')
  }
for (const folder of ['src/flows', 'src/server', 'src/sandbox', 'web', 'bench'])
  if (existsSync(folder) && !existsSync(`${folder}/README.md`)) complain(`${folder}/README.md`, 0, 'is missing', 'a newcomer reads it first')

// 3. Words with a replacement.
const words = [
  [/std::(cout|cerr)\b/, 'use the log, or fmt in subcommands', (f) => /^src\//.test(f) && !/^src\/(server|sandbox)\//.test(f) && !isTest(f)],
  [/system_clock::now|steady_clock::now|\btime\(nullptr\)|random_device|getrandom\(/, 'time and chance are handed in through Clock and IdSource (base/clock.h)', (f) => /^src\/(base|modules|flows)\//.test(f) && !isTest(f)],
  [/boost\/(asio|beast)/, 'asynchronous code stays inside platform/http', (f) => /^src\//.test(f) && !/^src\/platform\/http\//.test(f)],
  [/\b(select|insert into|update|delete from)\b.*\b(from|values|set|where)\b.*["(]/i, 'SQL lives in <noun>.sql beside the module', (f) => /^src\/(modules|flows|server)\/.*\.cc$/.test(f) && !isTest(f)],
  [/\bFIXME\b|\bXXX\b/, 'finish it or write an issue', (f) => /^(src|web\/src|tests|bench)\//.test(f) && f !== 'tests/tidy/tidy.mjs'],
  [/\bdefault:\s*$/, 'let the compiler see every enum value', (f) => /^src\/(base|modules|flows)\/.*\.(cc|h)$/.test(f)],
  [/\t/, 'indent with blanks', (f) => /\.(cc|h|ts|vue|mjs|sql|css)$/.test(f)],
  [/[ \t]+$/, 'no blanks at the end of a line', (f) => /\.(cc|h|ts|vue|mjs|sql|md|css)$/.test(f)],
]
for (const file of files.filter((f) => /\.(cc|h|ts|vue|mjs|sql|md|css)$/.test(f)))
  eachLine(file, (l, n) => {
    if (/^\s*(\/\/|\*)/.test(l) && !/[ \t]+$/.test(l)) return
    for (const [pattern, because, where] of words) if (where(file) && pattern.test(l)) complain(file, n, `"${l.trim().slice(0, 80)}"`, because)
  })

// 4. File names are unique, so that an editor tab means something; sources stay readable in one sitting.
const names = new Map()
for (const f of code) {
  const name = basename(f)
  if (names.has(name)) complain(f, 0, `has the same name as ${names.get(name)}`, 'an editor tab should mean something')
  names.set(name, f)
  if (!/^[a-z0-9_]+\.(h|cc)$/.test(name)) complain(f, 0, 'is not snake_case', 'one naming rule')
  const lines = read(f).split('\n').length
  if (lines > 520) complain(f, 0, `has ${lines} lines`, 'a file should fit a sitting: split it')
  if (f.endsWith('.h') && !read(f).startsWith('#pragma once')) complain(f, 1, 'does not start with #pragma once', 'one guard style')
}

// 5. Problem codes: "<module>.<what>", unique, and each with a Chinese title.
const codes = new Map()
for (const f of code.filter((x) => !isTest(x)))
  for (const m of read(f).matchAll(/Problem\s+(\w+)\s*\{\s*"([^"]+)",\s*Kind::\w+,\s*Retry::\w+,\s*"([^"]*)"/g)) {
    if (!/^[a-z_]+\.[a-z0-9_]+$/.test(m[2])) complain(f, 0, `problem code ${m[2]}`, 'codes read module.what and stay stable for ever')
    if (codes.has(m[2])) complain(f, 0, `problem code ${m[2]} is also in ${codes.get(m[2])}`, 'a code means one thing')
    if (!/[\u4e00-\u9fff]/.test(m[3])) complain(f, 0, `problem ${m[2]} has no Chinese title`, 'clerks and citizens read it')
    codes.set(m[2], f)
  }
const problems = existsSync('docs/problems.md') ? read('docs/problems.md') : ''
for (const [c, f] of codes) if (!problems.includes(`\`${c}\``)) complain(f, 0, `problem ${c} is not in docs/problems.md`, 'every refusal is documented; run: node tests/tidy/problems.mjs')
for (const m of problems.matchAll(/^\| `([^`]+)`/gm)) if (!codes.has(m[1])) complain('docs/problems.md', 0, `names ${m[1]}, which the code no longer has`, 'a code is never removed silently')
const cases = spawnSync('node', ['tests/tidy/hard-cases.mjs', '--check'], { encoding: 'utf8' })
for (const line of cases.stderr.split('\n').filter(Boolean)) complain('docs/hard-cases.md', 0, line, 'every hard case names the tests that would fail')

// 6. Migrations: one timeline, every table declared.
const migrations = files.filter((f) => /^db\/migrations\/.*\.sql$/.test(f)).sort()
for (const f of migrations) {
  if (!/^\d{12}_[a-z0-9_]+\.sql$/.test(basename(f))) complain(f, 0, 'is not named <yyyymmddhhmm>_<slug>.sql', 'migrations run in name order')
  let declared = ''
  eachLine(f, (l, n) => {
    const says = /^-- table (\w+): (tenant|reference|local)\b/.exec(l)
    if (says) declared = says[1]
    const makes = /^\s*create table (?:if not exists )?(\w+)/i.exec(l)
    if (makes && makes[1] !== declared) complain(f, n, `table ${makes[1]} is not declared in the line above`, 'every table says whether it is tenant, reference or local')
  })
}

// 7. Nothing of the machine it was written on.
for (const file of files.filter((f) => !/package-lock\.json$/.test(f) && /\.(md|cc|h|ts|vue|mjs|sh|toml|yaml|json|txt|sql)$|^(run|test)$/.test(f)))
  eachLine(file, (l, n) => { if (/\/(work|root|home\/(?!cases)[a-z]+)\//.test(l)) complain(file, n, 'holds an absolute path of a machine', 'it must run anywhere') })
for (const f of files.filter((x) => /package-lock\.json$/.test(x))) if (/"resolved":/.test(read(f))) complain(f, 0, 'records download addresses', 'the registry in use is the machine\'s business')

// 8. The formatter has been here (pinned: another version would format differently).
let formatter = ''
try { formatter = execFileSync('clang-format', ['--version'], { encoding: 'utf8' }) } catch { /* told below */ }
if (!/version 14\./.test(formatter)) complain('clang-format', 0, `version 14 is needed, found: ${formatter.trim() || 'none'}`, 'versions format differently')
else {
  // clang-format 14 crashes on some aligned tables (AlignArrayOfStructures); these are laid out by hand.
  const byHand = ['src/platform/http/http_server_test.cc', 'src/platform/config/config.cc']
  const sources = code.filter((f) => !byHand.includes(f)).concat(files.filter((f) => /^(bench|tests)\/.*\.(cc|h)$/.test(f)))
  for (let i = 0; i < sources.length; i += 100) {
    try { execFileSync('clang-format', ['--dry-run', '--Werror', ...sources.slice(i, i + 100)], { stdio: ['ignore', 'ignore', 'pipe'] }) } catch (e) {
      const at = [...new Set([...String(e.stderr).matchAll(/^([^:\n]+):\d+:\d+: error/gm)].map((m) => m[1]))]
      for (const f of at) complain(f.replace(root + '/', ''), 0, 'is not formatted', 'one look; run: clang-format -i on it')
    }
  }
}

if (wrong.length) {
  console.error(wrong.join('\n'))
  console.error(`${wrong.length} rules broken`)
  process.exit(1)
}
console.log(`${files.length} files, ${code.length} sources, ${codes.size} problem codes, ${migrations.length} migrations: all rules hold`)
