import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { beforeAll, describe, expect, it } from 'vitest'
import { i18n } from '@/base/i18n'
import type { Case } from '../api'
import words from '../messages.zh.json'
import TaxPanel from './TaxPanel.vue'

beforeAll(() => i18n.global.mergeLocaleMessage('zh', words))

function shown(tax: Case['tax'], change: Partial<Case> = {}, may_ask = true): Promise<string> {
  return renderToString(createSSRApp(TaxPanel, { sheet: { number: 'TB1', state: 'filed', tax, ...change }, may_ask }).use(i18n))
}
const assessed: NonNullable<Case['tax']> = {
  state: 'assessed', current: true, reference: 'SB1', amount_fen: 150, tax_date: '2024-11-30', asked_at: '2026-11-24T02:00:00Z', pay_url: 'http://tax/1',
  lines: [{ kind: 'deed', base_fen: 10000, rate: 1500, amount_fen: 150, basis: 'x' }, { kind: 'stamp', base_fen: 10000, rate: 0, amount_fen: 0, basis: 'y' }],
}

describe('the tax panel', () => {
  it('is only there for items that need tax', async () => {
    expect(await shown(undefined)).not.toContain('data-test="tax"')
  })
  it('offers to declare, to those who may', async () => {
    expect(await shown({ state: 'undeclared' })).toContain(words.cases.tax.declare)
    expect(await shown({ state: 'undeclared' }, {}, false)).not.toContain('tax-ask')
  })
  it('shows both taxes, both dates and the way to pay', async () => {
    const page = await shown(assessed, { application: { unit_number: '', values: { 'sale.contract_date': '2024-11-20' } } })
    expect(page).toContain('契税 1.5%')
    expect(page).toContain('印花税 0%')
    expect(page).toContain('2024年11月30日')
    expect(page).toContain('2024年11月20日')
    expect(page).toContain('href="http://tax/1"')
    expect(page).toContain(words.cases.tax.refresh)
  })
  it('says after a refusal that the tax office gives the money back, and asks no more', async () => {
    const page = await shown({ ...assessed, state: 'paid', receipt: 'WS1', pay_url: undefined, refund_at_tax_office: true }, { state: 'refused' })
    expect(page).toContain('data-test="tax-refund"')
    expect(page).toContain('WS1')
    expect(page).not.toContain('tax-ask')
  })
  it('does not call a proof good that was given for something else', async () => {
    const page = await shown({ ...assessed, state: 'paid', receipt: 'WS1', current: false })
    expect(page).toContain('data-test="tax-stale"')
    expect(page).not.toContain('tax settled')
    expect(page).toContain(words.cases.tax.declare)
  })
})
