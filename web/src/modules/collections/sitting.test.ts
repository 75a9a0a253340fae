import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Collection } from '@/base/api'
import { http } from '@/base/http'
import { same_work, use_sitting, type Send, type SittingHandle } from './sitting'

const sitting = { id: 's', version: 1, state: 'open', case_number: 'TB1', parties: [], materials: [], progress: [], missing: [], allowed_actions: ['edit'] } as unknown as Collection

describe('a newer version of a sitting', () => {
  it('holds the same work when only the home registry has told something', () => {
    expect(same_work(sitting, { ...sitting, version: 2, case_number: 'TB37010220261123000001' })).toBe(true)
    expect(same_work(sitting, { ...sitting, version: 2, progress: [{ at: '', what: 'filed', text: '' }] })).toBe(true)
  })
  it('holds other work when somebody changed, pushed or took something', () => {
    expect(same_work(sitting, { ...sitting, version: 2, state: 'pushed' })).toBe(false)
    expect(same_work(sitting, { ...sitting, version: 2, application: { unit_number: '1' } as never })).toBe(false)
    expect(same_work(sitting, { ...sitting, version: 2, parties: [{ id: 'a' }] as never })).toBe(false)
    expect(same_work(sitting, { ...sitting, version: 2, materials: [{ code: 'M10' }] as never })).toBe(false)
  })
})

// A server with one record: refuses old versions, and may lose the line after having done its work.
class Server {
  record = { ...sitting }
  puts: { key: string; version: string }[] = []
  lose_answer = false
  answer = async (_url: string, init: RequestInit): Promise<Response> => {
    if (init.method === 'GET') return new Response(JSON.stringify(this.record))
    const headers = init.headers as Record<string, string>
    const seen = this.puts.some((put) => put.key === headers['Idempotency-Key'])
    this.puts.push({ key: headers['Idempotency-Key']!, version: headers['If-Match']! })
    if (!seen) {
      if (headers['If-Match'] !== `"v${this.record.version}"`)
        return new Response(JSON.stringify({ type: '', title: '已更新', status: 412, code: 'collections.changed_meanwhile', retry: 'reload', instance: '' }), { status: 412 })
      this.record = { ...this.record, version: this.record.version + 1 }
    }
    if (this.lose_answer) {
      this.lose_answer = false
      throw new TypeError('line broke')
    }
    return new Response(JSON.stringify(this.record))
  }
}
const send: Send = (record, options) => http.put(`/api/v1/collections/${record.id}/x`, {}, options)

describe('changing a sitting', () => {
  let server: Server
  let handle: SittingHandle
  let scope: ReturnType<typeof effectScope>

  beforeEach(async () => {
    server = new Server()
    scope = effectScope()
    vi.stubGlobal('fetch', server.answer)
    handle = scope.run(() => use_sitting('s'))!
    await handle.load()
  })
  afterEach(() => {
    scope.stop()
    vi.unstubAllGlobals()
  })

  it('sends one after the other with the version just seen', async () => {
    expect(await Promise.all([handle.change(send), handle.change(send), handle.change(send)])).toEqual([true, true, true])
    expect(server.puts.map((put) => put.version)).toEqual(['"v1"', '"v2"', '"v3"'])
  })
  it('repeats with the same key when the answer was lost', async () => {
    server.lose_answer = true
    expect(await handle.change(send)).toBe(false)
    expect(server.record.version).toBe(2)
    await handle.retry()
    expect(handle.error.value).toBeUndefined()
    expect(server.puts[1]!.key).toBe(server.puts[0]!.key)
    expect(handle.sitting.value!.version).toBe(2)
  })
  it('goes on by itself when only the case number arrived meanwhile', async () => {
    server.record = { ...server.record, version: 2, case_number: 'TB2' }
    expect(await handle.change(send)).toBe(true)
    expect(server.puts.map((put) => put.version)).toEqual(['"v1"', '"v2"'])
  })
  it('stops when another person changed the work', async () => {
    server.record = { ...server.record, version: 2, parties: [{ id: 'p' }] as never }
    expect(await handle.change(send)).toBe(false)
    expect(handle.error.value).toMatchObject({ status: 412 })
    expect(server.puts).toHaveLength(1)
  })
  it('never lets an older answer replace a newer one', () => {
    handle.take({ ...sitting, version: 9 })
    handle.take({ ...sitting, version: 8 })
    expect(handle.sitting.value!.version).toBe(9)
  })
})
