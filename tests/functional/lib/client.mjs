// A person at the public HTTP API: keeps the cookie, sends CSRF token, Idempotency-Key and If-Match as any client must.
import { randomUUID } from 'node:crypto'

export class ProblemError extends Error {
  constructor(problem, where) {
    super(`${where}: ${problem.status} ${problem.code} ${problem.title}${problem.detail ? ' — ' + problem.detail : ''}` +
      (problem.errors ?? []).map((e) => `\n  ${e.pointer} ${e.code} ${e.detail}`).join(''))
    this.problem = problem
    this.status = problem.status
    this.code = problem.code
  }
}

export class Client {
  constructor(base) {
    this.base = base
    this.cookies = new Map()
    this.csrf = ''
  }

  async raw(method, path, { body, type, headers = {}, signal } = {}) {
    const all = { ...headers }
    if (this.cookies.size) all.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    if (type) all['Content-Type'] = type
    const response = await fetch(this.base + path, { method, headers: all, body, redirect: 'manual', signal })
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      const at = pair.indexOf('=')
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  // Options: json | bytes+type, etag (If-Match), key (Idempotency-Key; null sends none), want ('json' | 'bytes' | 'response')
  async call(method, path, { json, bytes, type, etag, key, want = 'json', headers = {}, signal } = {}) {
    const all = { ...headers }
    if (method !== 'GET') {
      if (this.csrf) all['X-CSRF-Token'] = this.csrf
      if (key !== null) all['Idempotency-Key'] = key ?? randomUUID()
    }
    if (etag !== undefined) all['If-Match'] = etag
    const response = await this.raw(method, path, {
      body: json !== undefined ? JSON.stringify(json) : bytes,
      type: json !== undefined ? 'application/json' : type,
      headers: all,
      signal,
    })
    if (want === 'response') return response
    if (!response.ok) {
      const text = await response.text()
      let problem
      try { problem = JSON.parse(text) } catch { problem = { status: response.status, code: 'not-a-problem', title: text.slice(0, 200) } }
      throw new ProblemError(problem, `${method} ${path}`)
    }
    if (want === 'bytes') return Buffer.from(await response.arrayBuffer())
    const text = await response.text()
    return text ? JSON.parse(text) : null
  }

  get(path, options) { return this.call('GET', path, options) }
  post(path, json, options) { return this.call('POST', path, { json, ...options }) }
  put(path, json, options) { return this.call('PUT', path, { json, ...options }) }
  del(path, options) { return this.call('DELETE', path, options) }

  async signIn(login, password) {
    const session = await this.call('POST', '/api/v1/session', { json: { login, password }, key: null })
    this.csrf = session.csrf_token
    return session
  }
}

export const etagOf = (record) => `"v${record.version}"`

// Asks again until `good` says yes; says what it last saw when it gives up.
export async function until(what, ask, good, { seconds = 15, every = 50 } = {}) {
  const end = Date.now() + seconds * 1000
  let last
  for (;;) {
    last = await ask()
    if (good(last)) return last
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}; last seen: ${JSON.stringify(last)?.slice(0, 600)}`)
    await new Promise((done) => setTimeout(done, every))
  }
}

// The refusal's problem; a success is an error of the test.
export async function refused(promise) {
  try { await promise } catch (e) {
    if (e instanceof ProblemError) return e.problem
    throw e
  }
  throw new Error('was not refused')
}
