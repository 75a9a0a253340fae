// Every value of an enumeration of the API has a Chinese name; the keys come from the description itself.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import words from './messages.zh.json'

const api = parse(readFileSync(new URL('../../../api/openapi.yaml', import.meta.url), 'utf8'))
const schemas = api.components.schemas
const kinds: [string, string[]][] = [
  ['duty', schemas.Duty.enum],
  ['collection_state', schemas.CollectionState.enum],
  ['case_state', schemas.CaseState.enum],
  ['role', schemas.PartyRole.enum],
  ['kind', schemas.PartyInput.properties.kind.enum],
  ['document_type', schemas.DocumentType.enum],
  ['identity_result', schemas.Party.properties.identity.properties.result.enum],
  ['requirement', schemas.Requirement.enum],
  ['material_form', schemas.MaterialForm.enum],
  ['unit_use', schemas.UnitPreview.properties.use.enum],
  ['severity', schemas.RuleResult.properties.severity.enum],
  ['delivery_state', schemas.Delivery.properties.state.enum],
]

describe('names of codes', () => {
  it.each(kinds)('%s', (kind, values) => {
    const names = (words.codes as Record<string, Record<string, string>>)[kind]!
    expect(Object.keys(names).sort()).toEqual([...values].sort())
  })
})
