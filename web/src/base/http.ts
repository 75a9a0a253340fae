// The one way from the browser to the API. "No" arrives as ApiProblem (an RFC 9457 problem with its stable code);
// a lost connection arrives as ApiProblem with code `web.offline`, so pages have one thing to show.
//
// Unsafe calls carry the session's CSRF token and an Idempotency-Key. A key belongs to one intention ("this click"):
// take it once with `new_key()` and hand the same one to every retry, and the server does the work once only.
import type { Problem } from './api'

export type FieldErrors = Record<string, string>

export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly retry: Problem['retry']
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
    this.code = problem.code
    this.status = problem.status
    this.retry = problem.retry
  }

  // Wording per JSON pointer, '/mortgage/debt_to' → '…'.
  get fields(): FieldErrors {
    return Object.fromEntries((this.problem.errors ?? []).map((error) => [error.pointer, error.detail]))
  }

  // 412: somebody else changed the record since we read it.
  get stale(): boolean {
    return this.status === 412
  }
}

export const web_problem = {
  offline: (): Problem => made('web.offline', 0, 'later', '连接中断，请检查网络后重试', '已填写的内容没有丢失。'),
  aborted: (): Problem => made('web.aborted', 0, 'after_fix', '已取消', ''),
  unreadable: (status: number): Problem =>
    made('web.unreadable_answer', status, 'later', '服务器没有给出可以理解的回答', `HTTP ${status}`),
}

function made(code: string, status: number, retry: Problem['retry'], title: string, detail: string): Problem {
  return { type: 'about:blank', title, status, detail, instance: '', code, retry }
}

let csrf_token = ''
let when_signed_out: () => void = () => {}

export function set_csrf_token(token: string): void {
  csrf_token = token
}

export function get_csrf_token(): string {
  return csrf_token
}

// Called when the server answers 401 to a call of a page that needs a session.
export function on_signed_out(handler: () => void): void {
  when_signed_out = handler
}

export function new_key(): string {
  // randomUUID exists only in secure contexts; a hall's intranet may serve plain HTTP.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export interface CallOptions {
  body?: unknown // sent as JSON, or as it is when it is a Blob
  content_type?: string // for a Blob
  query?: Record<string, string | number | undefined>
  version?: number // If-Match of the record this call changes
  key?: string // Idempotency-Key; made when absent
  csrf?: string // the tracking session has its own token
  quiet_sign_out?: boolean // a 401 is an answer here, not the end of the session
  signal?: AbortSignal
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export function with_query(path: string, query: CallOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return path
  return `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

export function unsafe_headers(options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { 'Idempotency-Key': options.key ?? new_key() }
  const token = options.csrf ?? csrf_token
  if (token) headers['X-CSRF-Token'] = token
  if (options.version !== undefined) headers['If-Match'] = `"v${options.version}"`
  return headers
}

export async function call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET') Object.assign(headers, unsafe_headers(options))
  let body: BodyInit | undefined
  if (options.body instanceof Blob) {
    body = options.body
    headers['Content-Type'] = options.content_type ?? options.body.type
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body)
    headers['Content-Type'] = 'application/json'
  }
  let response: Response
  try {
    response = await fetch(with_query(path, options.query), {
      method,
      headers,
      body,
      credentials: 'same-origin',
      signal: options.signal,
    })
  } catch (error) {
    throw new ApiProblem(error instanceof DOMException && error.name === 'AbortError' ? web_problem.aborted() : web_problem.offline())
  }
  const text = await response.text().catch(() => {
    throw new ApiProblem(web_problem.offline())
  })
  if (!response.ok) {
    if (response.status === 401 && !options.quiet_sign_out) when_signed_out()
    throw read_problem(response.status, text)
  }
  if (response.status === 204 || text === '') return undefined as Answer
  try {
    return JSON.parse(text) as Answer
  } catch {
    throw new ApiProblem(web_problem.unreadable(response.status))
  }
}

export function read_problem(status: number, text: string): ApiProblem {
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.code === 'string' && typeof problem.title === 'string') return new ApiProblem({ ...problem, status })
  } catch {
    // A proxy's own error page: fall through to our words.
  }
  return new ApiProblem(web_problem.unreadable(status))
}

export const http = {
  get: <Answer>(path: string, options?: CallOptions) => call<Answer>('GET', path, options),
  post: <Answer>(path: string, body?: unknown, options?: CallOptions) => call<Answer>('POST', path, { ...options, body }),
  put: <Answer>(path: string, body?: unknown, options?: CallOptions) => call<Answer>('PUT', path, { ...options, body }),
  remove: <Answer>(path: string, options?: CallOptions) => call<Answer>('DELETE', path, options),
}
