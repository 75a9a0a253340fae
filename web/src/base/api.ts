// Short names for the shapes of api/openapi.yaml. The generated file is the only source; nothing is retyped by hand.
import type { components } from '@/api-types'

export type Schemas = components['schemas']
export type Session = Schemas['Session']
export type Duty = Schemas['Duty']
export type Registry = Schemas['Registry']
export type Problem = Schemas['Problem']
export type Progress = Schemas['Progress']
export type Party = Schemas['Party']
export type Material = Schemas['Material']
export type Page = Schemas['Page']
export type Collection = Schemas['Collection']
export type CollectionState = Schemas['CollectionState']
export type CaseState = Schemas['CaseState']
export type PartyRole = Schemas['PartyRole']
export type DocumentType = Schemas['DocumentType']
export type RuleResult = Schemas['RuleResult']
