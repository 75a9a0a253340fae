import { describe, expect, it, vi } from 'vitest'
import { file_name_header, upload } from './upload'

describe('the name of an uploaded file', () => {
  it('is percent-encoded UTF-8', () => {
    expect(file_name_header('合同 1&2.pdf')).toBe('%E5%90%88%E5%90%8C%201%262.pdf')
  })
  it('keeps the end of a long name without cutting a character', () => {
    const name = '𠮷'.repeat(201) + '.pdf'
    expect([...decodeURIComponent(file_name_header(name))]).toHaveLength(200)
    expect(decodeURIComponent(file_name_header(name)).endsWith('𠮷.pdf')).toBe(true)
  })
  it('survives half a character and a decomposed name', () => {
    expect(decodeURIComponent(file_name_header('a\ud83d.pdf'))).toBe('a\ufffd.pdf')
    expect(decodeURIComponent(file_name_header('e\u0301.pdf'))).toBe('\u00e9.pdf')
  })
  it('travels in a header, never in the address', async () => {
    const sent = { url: '', headers: {} as Record<string, string> }
    class Request {
      status = 201
      responseText = '{}'
      upload = {}
      onload?: () => void
      open(_method: string, url: string) { sent.url = url }
      setRequestHeader(name: string, value: string) { sent.headers[name] = value }
      send() { this.onload?.() }
    }
    vi.stubGlobal('XMLHttpRequest', Request)
    await upload('/x', new Blob(['1']), { file_name: '张三370102199003071237.jpg' })
    vi.unstubAllGlobals()
    expect(sent.url).toBe('/x')
    expect(sent.headers['X-File-Name']).toBe('%E5%BC%A0%E4%B8%89370102199003071237.jpg')
  })
})
