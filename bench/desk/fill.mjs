// Makes a registry's ten years: multiplies a few cases that were really played into as many as asked for, with SQL of
// the engine's own client. The rows are those that the stores wrote; numbers, units, owners and times differ.
//
// A city of ten registries takes in 400 cases a working day. Its open work is the same on every day of the ten years
// (open_work below, per registry): what grows is what is finished. `cases` = 10,000 is the city after five weeks,
// 1,000,000 after ten years. The journal is not multiplied: check-data would say so.
import { execFileSync, spawn } from 'node:child_process'
import { createWriteStream, rmSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

export const registries = ['370102', '370103', '370104', '370105', '370112', '370113', '370114', '370115', '370116', '370124']
// Per registry, by state of the played case; and how much of it somebody has taken.
export const open_work = { filed: 40, accepted: 60, awaiting_payment: 100, paid: 30, supplement: 40, suspended: 10 }
const taken_by = { filed: 'acceptor', accepted: 'reviewer', paid: 'registrar', suspended: 'reviewer' }
const done_states = [['registered', 0.93], ['not_accepted', 0.07]]
const per_day = 400
const day_ms = 86_400_000
const collecting = ['370202', '370203', '370302', '370402', '370602', '371302']
const surnames = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志'

// The same numbers on every run.
function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const china_day = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
function* working_days_back(now) {
  for (let at = now; ; at -= day_ms) {
    const week_day = new Date(at + 8 * 3_600_000).getUTCDay()
    if (week_day !== 0 && week_day !== 6) yield at
  }
}

// One row per case to be made, oldest first: which played case it is a copy of, and what differs.
function* plan(cases, templates, accounts, now) {
  const next = random(2026)
  const pick = (list) => list[Math.floor(next() * list.length)]
  const open = registries.flatMap((agency) => Object.entries(open_work).flatMap(([state, count]) => Array(count).fill({ agency, state })))
  const finished = cases - open.length
  if (finished < 0) throw new Error(`fewer cases than the open work of ${registries.length} registries: ${open.length}`)
  const days = []
  const back = working_days_back(now - 10 * day_ms)
  for (let made = 0; made < finished; made += per_day) days.push(back.next().value)
  const serials = new Map()
  let i = 0
  function row(agency, state, filed_at, ended_at) {
    const template = templates[state]
    const day = china_day(filed_at).replaceAll('-', '')
    const serial = (serials.get(agency + day) ?? 500) + 1
    serials.set(agency + day, serial)
    const number = `TB${agency}${day}${String(serial).padStart(6, '0')}`
    const owner = pick(surnames) + pick(given) + pick(given)
    const duty = ended_at ? undefined : taken_by[state]
    const account = duty && next() < 0.5 ? pick(accounts[duty]) : undefined
    const unit = `${agency}001001GB${String(10_000 + (i % 80_000)).padStart(5, '0')}F${String(Math.floor(i / 80_000) + 1).padStart(4, '0')}0001`
    i += 1
    return [i, template, agency, number, pick(collecting), `bench-${i}`, `DSbench${i}`, unit, ended_at ?? filed_at, filed_at,
      ended_at ?? filed_at + 3_600_000, ended_at || state === 'filed' ? '' : china_day(now + Math.floor(next() * 12 - 2) * day_ms),
      state === 'filed' ? filed_at : 0, account?.account ?? '', account?.name ?? '', account ? filed_at + 1_800_000 : 0, owner]
  }
  for (let n = 0; n < finished; n++) {
    const day = days[days.length - 1 - Math.floor(n / per_day)]
    let share = next()
    const state = done_states.find(([, of]) => (share -= of) < 0)?.[0] ?? 'registered'
    const filed_at = Math.floor(day + next() * 8 * 3_600_000)
    yield row(registries[n % registries.length], state, filed_at, filed_at + Math.floor(next() * 6 * day_ms))
  }
  const recent = working_days_back(now)
  const last_days = Array.from({ length: 7 }, () => recent.next().value)
  for (const { agency, state } of open) yield row(agency, state, Math.floor(pick(last_days) - next() * 3 * 3_600_000))
}

const plan_columns = 'i integer primary key, template text, agency integer, number text, collecting integer, collection_id text, collection_number text, unit_number text, queue_at bigint, filed_at bigint, changed_at bigint, due_on text, waiting_since bigint, claimed_by text, claimed_name text, claimed_at bigint, owner text'

// What is copied for each case: which rows of the played one, and which columns differ. Names of p are of the plan, of s
// of the row that is copied, of t of the played case.
function copies(owner) {
  const own = (text) => `replace(${text}, '${owner}', p.owner)`
  const anew = (text) => `replace(replace(replace(replace(${text}, t.number, p.number), t.unit_number, p.unit_number), t.collection_id, p.collection_id), '"agency":' || t.agency, '"agency":' || p.agency)`
  const time = { changed_at: 'p.changed_at' }
  const of_case = { agency: 'p.agency', case_number: 'p.number' }
  const right = { agency: 'p.agency', id: "s.id || '-' || p.i", unit_number: 'p.unit_number', name: own('s.name'), case_number: "case when s.case_number = t.number then p.number else '' end", certificate_number: "case when s.certificate_number = '' then '' else s.certificate_number || '-' || p.i end" }
  const { name, ...mortgage } = right
  void name
  return [
    ['register_units', 's.agency = t.agency and s.unit_number = t.unit_number', { agency: 'p.agency', unit_number: 'p.unit_number', ...time }],
    ['register_ownerships', 's.agency = t.agency and s.unit_number = t.unit_number', right],
    ['register_mortgages', 's.agency = t.agency and s.unit_number = t.unit_number', mortgage],
    ['case_parts', 's.agency = t.agency and s.case_number = t.number', { ...of_case, collection_id: 'p.collection_id', collecting: 'p.collecting' }],
    ['case_names', 's.agency = t.agency and s.case_number = t.number', { ...of_case, name: own('s.name') }],
    ['case_returns', 's.agency = t.agency and s.case_number = t.number', { ...of_case, collecting: 'p.collecting', at: 'p.changed_at' }],
    ['bills', 's.agency = t.agency and s.case_number = t.number', { ...of_case, id: "s.id || '-' || p.i" }],
    ['certificates', 's.agency = t.agency and s.case_number = t.number', { ...of_case, number: "s.number || '-' || p.i", identifier: "s.identifier || '-' || p.i", serial_number: '1000000 + p.i', unit_number: 'p.unit_number' }],
    ['cases', 's.agency = t.agency and s.number = t.number', {
      agency: 'p.agency', number: 'p.number', queue_at: 'p.queue_at', collecting: 'p.collecting', collection_id: 'p.collection_id', collection_number: 'p.collection_number',
      unit_number: 'p.unit_number', parties: own('s.parties'), due_on: 'p.due_on', filed_at: 'p.filed_at', changed_at: 'p.changed_at', waiting_since: 'p.waiting_since',
      claimed_by: 'p.claimed_by', claimed_name: 'p.claimed_name', claimed_at: 'p.claimed_at', body: anew('s.body'), sheet: anew('s.sheet'),
    }],
  ]
}

// `database`: { sqlite: path } or { postgres: conninfo, schema }. `templates`: state → case number at 370102. `accounts`:
// duty → [{ account, name }]. Nobody else may use the database meanwhile.
export async function fill(database, { cases, templates, accounts, owner, folder, now = Date.now() }) {
  const file = join(folder, `plan-${cases}.csv`)
  const out = createWriteStream(file)
  for (const row of plan(cases, templates, accounts, now)) if (!out.write(row.join(',') + '\n')) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
  const run = (sql) => new Promise((done, fail) => {
    const child = database.postgres
      ? spawn('psql', [database.postgres, '-q', '-v', 'ON_ERROR_STOP=1'], { stdio: ['pipe', 'ignore', 'inherit'] })
      : spawn('sqlite3', ['-bail', database.sqlite], { stdio: ['pipe', 'ignore', 'inherit'] })
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`the database's client ended with ${code}`))))
    child.stdin.end((database.postgres ? `set search_path = ${database.schema};\n` : 'pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-400000;\n') + sql)
  })
  const columns = (table) => (database.postgres
    ? execFileSync('psql', [database.postgres, '-qAtc', `select column_name from information_schema.columns where table_schema = '${database.schema}' and table_name = '${table}' order by ordinal_position`])
    : execFileSync('sqlite3', ['-readonly', database.sqlite, `select name from pragma_table_info('${table}')`])).toString().trim().split('\n')
  const load = database.postgres ? `\\copy bench_plan from '${file}' with (format csv, null '\\N')\n` : `.mode csv\n.import ${file} bench_plan\n`
  await run(`create table bench_plan (${plan_columns});\n${load}${database.postgres ? 'analyze bench_plan;\n' : ''}`)
  rmSync(file)
  const inserts = copies(owner).map(([table, where, changes]) => {
    const names = columns(table)
    for (const name of Object.keys(changes)) if (!names.includes(name)) throw new Error(`${table} has no column ${name}`)
    // Analysed after each table, or PostgreSQL looks every foreign key up by going through all of it.
    // From tables that hold the played rows alone: what is inserted meanwhile must not be walked through again and again.
    // The plan is outside and so its order kept: nothing sorts copies of whole cases, which would want the disk twice.
    const join = database.postgres ? 'join' : 'cross join'
    return `create table bench_s as select t.number as bench_of, s.* from cases t join ${table} s on ${where} where t.agency = ${registries[0]};
insert into ${table} (${names.join(', ')}) select ${names.map((name) => changes[name] ?? `s.${name}`).join(', ')}
  from bench_plan p ${join} bench_cases t on t.number = p.template ${join} bench_s s on s.bench_of = t.number;
drop table bench_s;${database.postgres ? ` analyze ${table};` : ''}`
  })
  await run(`begin;\ncreate table bench_cases as select * from cases where agency = ${registries[0]};\n${inserts.join('\n')}\ncommit;\ndrop table bench_plan;\ndrop table bench_cases;\n${database.postgres ? 'vacuum analyze;\n' : ''}`)
}
