import { createSSRApp, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { beforeAll, describe, expect, it } from 'vitest'
import { i18n } from '@/base/i18n'
import { ApiProblem } from '@/base/http'
import type { Case, CaseAction } from '../api'
import words from '../messages.zh.json'
import DecisionBar from './DecisionBar.vue'
import RefusalNotice from './RefusalNotice.vue'

beforeAll(() => i18n.global.mergeLocaleMessage('zh', words))

function html(component: Component, props: Record<string, unknown>): Promise<string> {
  return renderToString(createSSRApp(component, props).use(i18n))
}
function test_ids(text: string): string[] {
  return [...text.matchAll(/<button[^>]*data-test="([^"]*)"/g)].map((match) => match[1]!)
}

describe('the decision bar', () => {
  const bar = (allowed_actions: CaseAction[], change: Partial<Case> = {}) =>
    html(DecisionBar, { sheet: { state: 'filed', checks: [], allowed_actions, ...change }, signer: 'x', next: undefined })

  it('shows exactly what the server allows', async () => {
    expect(test_ids(await bar(['withdraw', 'accept']))).toEqual(['action-accept', 'action-withdraw'])
  })
  it('says why there is nothing to do', async () => {
    const shown = await bar([], { state: 'awaiting_payment' })
    expect(test_ids(shown)).toEqual([])
    expect(shown).toContain(words.cases.nothing_to_do.awaiting_payment)
  })
})

describe('a refusal', () => {
  const notice = (status: number, code: string, more: object = {}) =>
    html(RefusalNotice, { problem: new ApiProblem({ type: '', title: 'T', status, code, retry: 'reload', instance: '', ...more }) })

  it('names the rules of a block', async () => {
    const shown = await notice(409, 'cases.blocked', { errors: [{ pointer: '/rules/PRE-01', code: 'PRE-01', detail: 'seized' }] })
    expect(shown).toMatch(/<li[^>]*>seized<\/li>/)
  })
  it('says who was faster, once, and offers to look again', async () => {
    const who = { changed_by: 'Zhou', changed_at: '2026-11-23T03:39:00Z' }
    expect(await notice(412, 'cases.changed_meanwhile', who)).toContain('Zhou 于 2026-11-23 11:39:00')
    const told = await notice(412, 'cases.changed_meanwhile', { ...who, detail: 'Zhou did it' })
    expect(told.match(/Zhou/g)).toHaveLength(1)
    expect(test_ids(told)).toEqual(['refusal-reload'])
  })
  it('offers no reload when another person must do it', async () => {
    expect(test_ids(await notice(403, 'cases.same_person'))).toEqual([])
  })
})
