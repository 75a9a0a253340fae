import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, http, on_signed_out, set_csrf_token, with_query } from './http'

type Sent = { url: string; method: string; headers: Record<string, string>; body: unknown }
const sent: Sent[] = []

function answer(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, method: init.method!, headers: init.headers as Record<string, string>, body: init.body })
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status })
  })
}
const problem = { type: 'about:blank', title: '有内容填写不正确', status: 422, code: 'base.invalid_fields', retry: 'after_fix', instance: '/x', errors: [{ pointer: '/unit_number', code: 'check', detail: '校验位不正确' }] }

async function refused(work: Promise<unknown>): Promise<ApiProblem> {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiProblem)
  return error as ApiProblem
}

afterEach(() => {
  sent.length = 0
  vi.unstubAllGlobals()
  on_signed_out(() => {})
})

describe('calls', () => {
  it('send token, key and version with what changes something, and only there', async () => {
    set_csrf_token('token')
    answer(200, { ok: true })
    await http.put('/api/v1/x', { a: 1 }, { version: 7, key: 'key-of-this-click' })
    expect(sent[0]!.headers).toMatchObject({ 'X-CSRF-Token': 'token', 'Idempotency-Key': 'key-of-this-click', 'If-Match': '"v7"', 'Content-Type': 'application/json' })
    await http.get('/api/v1/x', { query: { state: undefined, limit: 50 } })
    expect(sent[1]!.url).toBe('/api/v1/x?limit=50')
    expect(Object.keys(sent[1]!.headers)).toEqual(['Accept'])
  })
  it('take a new key per call unless one is given', async () => {
    answer(204, '')
    await http.post('/x')
    await http.post('/x')
    expect(sent[0]!.headers['Idempotency-Key']).not.toBe(sent[1]!.headers['Idempotency-Key'])
  })
  it('escape what goes into an address', () => {
    expect(with_query('/x', { name: '合同 1&2.pdf' })).toBe('/x?name=%E5%90%88%E5%90%8C+1%262.pdf')
  })
})

describe('"no"', () => {
  it('is a problem with wording per field', async () => {
    answer(422, problem)
    const error = await refused(http.post('/x', {}))
    expect(error.code).toBe('base.invalid_fields')
    expect(error.fields).toEqual({ '/unit_number': '校验位不正确' })
    expect(error.stale).toBe(false)
  })
  it('knows a stale version', async () => {
    answer(412, { ...problem, status: 412, code: 'collections.changed_meanwhile', errors: undefined })
    expect((await refused(http.put('/x', {}))).stale).toBe(true)
  })
  it('tells the shell that the session ended, unless the caller expects it', async () => {
    const ended = vi.fn()
    on_signed_out(ended)
    answer(401, { ...problem, status: 401, code: 'access.not_signed_in' })
    await refused(http.get('/x', { quiet_sign_out: true }))
    expect(ended).not.toHaveBeenCalled()
    await refused(http.get('/x'))
    expect(ended).toHaveBeenCalledOnce()
  })
  it('is understood when a proxy answers in its own words', async () => {
    answer(502, '<html>Bad Gateway</html>')
    expect(await refused(http.get('/x'))).toMatchObject({ code: 'web.unreadable_answer', status: 502, retry: 'later' })
  })
  it('is told apart from a broken line', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    expect(await refused(http.get('/x'))).toMatchObject({ code: 'web.offline', retry: 'later' })
  })
})
