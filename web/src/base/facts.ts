// What is known of a case in the browser: the form as it stands, the parties, the materials as far as they were collected.
// The same facts as facts_of() of src/modules/materials; the register's are the home registry's and stay unknown here.
import type { Material, Party, Schemas } from './api'
import { judge, type FactValue, type Facts } from './condition'

export type FormField = Schemas['FormField']
export type FormValue = string | number | boolean

const roles = ['mortgagor', 'mortgagee', 'new_mortgagee', 'seller', 'buyer', 'holder', 'agent', 'guardian'] as const

export const acts_for_another = (party: { role: string }): boolean => party.role === 'agent' || party.role === 'guardian'

// The same day so many years earlier; who was born after it is younger. Compared as text: the birthday of the 29th of
// February is over on the 1st of March (民法典 200–203).
function years_before(day: string, years: number): string {
  return String(Number(day.slice(0, 4)) - years) + day.slice(4)
}
export function is_younger(birth_date: string | undefined, years: number, today: string): boolean {
  return (birth_date ?? '') > years_before(today, years)
}
// 17 for somebody who turns eighteen tomorrow.
export function age_on(birth_date: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth_date.slice(0, 4))
  return years - (birth_date.slice(4) > today.slice(4) ? 1 : 0)
}

export function party_facts(parties: readonly Pick<Party, 'id' | 'role' | 'kind' | 'birth_date' | 'power' | 'represents'>[], today: string): Map<string, FactValue> {
  const own = parties.filter((party) => !acts_for_another(party))
  const facts = new Map<string, FactValue>()
  for (const role of roles) facts.set(`count.${role}`, parties.filter((party) => party.role === role).length)
  for (const kind of ['person', 'organisation'] as const) facts.set(`count.${kind}`, own.filter((party) => party.kind === kind).length)
  facts.set('count.minor', own.filter((party) => is_younger(party.birth_date, 18, today)).length)
  // Who cites a standing power hands in no paper.
  facts.set('count.paper_power', parties.filter((party) => party.role === 'agent' && party.power?.form !== 'standing').length)
  const guardians = (id: string) => parties.filter((party) => party.role === 'guardian' && party.represents === id).length
  facts.set('count.single_guardian', own.filter((party) => is_younger(party.birth_date, 18, today) && guardians(party.id) === 1).length)
  facts.set('count.child', own.filter((party) => is_younger(party.birth_date, 8, today)).length)
  return facts
}

export function material_facts(materials: readonly Pick<Material, 'code' | 'pages' | 'check'>[]): Map<string, FactValue> {
  return new Map(materials.map((line) => [`material.${line.code}`, line.pages.length > 0 && line.check !== 'failed']))
}

function left_out(field: FormField): FactValue {
  if (field.kind === 'yes_no') return false
  return field.kind === 'money' || field.kind === 'integer' ? 0 : ''
}

// Asked in this case: its condition holds, or cannot be judged yet.
export function is_asked(field: FormField, facts: Facts): boolean {
  return judge(field.when, facts) !== 'no'
}

export interface FormFacts {
  asked: FormField[] // in the order of the item
  facts: Facts // as the server will see them; a field left out counts as nothing
  judged: Facts // for judging rules while typing: a required field not yet answered is not known
}

// Fields are added in their order, so that a condition may speak of the fields before it.
export function form_facts(fields: readonly FormField[], values: Readonly<Record<string, FormValue | undefined>>, others: Facts): FormFacts {
  const facts = new Map(others)
  const open: string[] = []
  const asked: FormField[] = []
  for (const field of fields) {
    const wanted = is_asked(field, facts)
    const value = wanted ? values[field.key] : undefined
    facts.set(field.key, value ?? left_out(field))
    if (!wanted) continue
    asked.push(field)
    if (value === undefined && field.required) open.push(field.key)
  }
  const judged = new Map(facts)
  for (const key of open) judged.delete(key)
  return { asked, facts, judged }
}
