// Who is still needed: pure questions about the parties of a sitting and the roles of its item.
import type { Collection, DocumentType, Party, PartyRole, Schemas } from '@/base/api'
import { birth_date_of, citizen_number_fault, credit_code_fault, printed_number_fault } from '@/base/checks'
import { acts_for_another, is_younger } from '@/base/facts'

export type RoleRule = Schemas['RoleRule']
export type PartyKind = Party['kind']
type Sitting = Pick<Collection, 'roles' | 'agents' | 'parties'>

export interface RoleNeed {
  role: PartyRole
  present: number
  lacking: number // up to the least the item asks for
  full: boolean
}

export function role_needs({ roles, parties }: Sitting): RoleNeed[] {
  return roles.map(({ role, min, max }) => {
    const present = parties.filter((party) => party.role === role).length
    return { role: role as PartyRole, present, lacking: Math.max(0, min - present), full: present >= max }
  })
}

// The roles one may be given, in the order of the screen.
export function roles_of({ roles, agents }: Sitting): PartyRole[] {
  return [...roles.map((rule) => rule.role as PartyRole), ...(agents ? (['agent'] as const) : []), 'guardian']
}

export function kinds_of(role: PartyRole, roles: readonly RoleRule[]): PartyKind[] {
  if (role === 'agent' || role === 'guardian') return ['person']
  return roles.find((rule) => rule.role === role)?.kinds ?? ['person', 'organisation']
}

// Banks and developers mostly take these parts.
const mostly_organisations: readonly PartyRole[] = ['mortgagee', 'new_mortgagee', 'seller']
export function usual_kind(role: PartyRole, roles: readonly RoleRule[]): PartyKind {
  const kinds = kinds_of(role, roles)
  const usual = mostly_organisations.includes(role) ? 'organisation' : 'person'
  return kinds.includes(usual) ? usual : kinds[0]!
}

export const document_types: Record<PartyKind, readonly DocumentType[]> = {
  person: ['citizen_card', 'residence_permit', 'travel_permit', 'passport', 'permanent_residence'],
  organisation: ['credit_code'],
}

// Documents whose number is built like a citizen's and tells the date of birth.
export const tells_birth = (document: DocumentType): boolean => document === 'citizen_card' || document === 'residence_permit'

export function number_fault(document: DocumentType, number: string): string {
  if (tells_birth(document)) return citizen_number_fault(number)
  return document === 'credit_code' ? credit_code_fault(number) : printed_number_fault(document as 'passport', number)
}

export function birth_date(document: DocumentType, number: string, typed: string): string {
  return tells_birth(document) ? birth_date_of(number) : typed
}

export function acted_for_by(party: Pick<Party, 'id'>, role: 'agent' | 'guardian', parties: readonly Party[]): boolean {
  return parties.some((other) => other.role === role && other.represents === party.id)
}

// Organisations act through an agent, minors through a guardian (民法典 19, 20, 23).
export function acting_person_needed(party: Party, parties: readonly Party[], today: string): 'agent' | 'guardian' | undefined {
  if (acts_for_another(party)) return undefined
  const role = party.kind === 'organisation' ? 'agent' : is_younger(party.birth_date, 18, today) ? 'guardian' : undefined
  return role && !acted_for_by(party, role, parties) ? role : undefined
}

// Whom a new agent or guardian may act for: agents for everybody but agents, guardians for persons with a part of their own.
export function principals(role: PartyRole, parties: readonly Party[], self?: string): Party[] {
  return parties.filter((party) => {
    if (party.id === self || party.role === 'agent') return false
    return role !== 'guardian' || (party.role !== 'guardian' && party.kind === 'person')
  })
}

export interface Suggestion {
  role: PartyRole
  represents: string
}

// What is most likely added next. A card on the reader is a person's.
export function next_party(sitting: Sitting, from_card: boolean, today: string): Suggestion {
  const wanted = role_needs(sitting).find((need) => need.lacking > 0 && (!from_card || usual_kind(need.role, sitting.roles) === 'person'))
  if (wanted) return { role: wanted.role, represents: '' }
  for (const party of sitting.parties) {
    const role = acting_person_needed(party, sitting.parties, today)
    if (role && (role === 'guardian' || sitting.agents)) return { role, represents: party.id }
  }
  const room = role_needs(sitting).find((need) => !need.full && (!from_card || kinds_of(need.role, sitting.roles).includes('person')))
  return { role: room?.role ?? (sitting.agents ? 'agent' : 'guardian'), represents: '' }
}
