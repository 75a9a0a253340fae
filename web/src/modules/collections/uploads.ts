// The files on their way. They belong to the sitting's page, not to a line's panel: a person looks at the next line while
// the last one is still being sent. Files of one line go one after the other, so that pages keep the order in which they
// were chosen; different lines go in parallel.
import { reactive } from 'vue'
import type { Collection } from '@/base/api'
import { ApiProblem, new_key } from '@/base/http'
import { put_page } from './api'

// The sitting the files belong to (sitting.ts).
export interface Target {
  id: string
  uploading(work: () => Promise<Collection>): Promise<Collection>
}

export interface Upload {
  page: string
  line: string
  name: string
  bytes: number
  share: number
  state: 'waiting' | 'sending' | 'failed'
  fault: string
  code: string
  file: File
  stop: AbortController
}

const kinds = new Set(['image/jpeg', 'image/png', 'application/pdf'])
// A browser tells no type for some files; those are judged by the server, which looks inside anyway.
export const acceptable = (file: Pick<File, 'type' | 'size'>): '' | 'file_kind' | 'file_empty' =>
  file.size === 0 ? 'file_empty' : file.type !== '' && !kinds.has(file.type) ? 'file_kind' : ''

export function make_uploads() {
  const list = reactive<Upload[]>([])
  const chains = new Map<string, Promise<void>>()

  function drop(upload: Upload): void {
    upload.stop.abort()
    const at = list.findIndex((other) => other.page === upload.page)
    if (at >= 0) list.splice(at, 1)
  }

  // `page` is given to replace a page that is there.
  function add(target: Target, line: string, file: File, fault: string, page = new_key()): void {
    const old = list.find((other) => other.page === page)
    if (old) drop(old)
    list.push({ page, line, name: file.name, bytes: file.size, share: 0, state: fault ? 'failed' : 'waiting', fault, code: fault ? 'web.file' : '', file, stop: new AbortController() })
    if (!fault) enqueue(target, list[list.length - 1]!)
  }

  function again(target: Target, upload: Upload): void {
    Object.assign(upload, { state: 'waiting', fault: '', code: '', share: 0 })
    enqueue(target, upload)
  }

  function enqueue(target: Target, upload: Upload): void {
    const before = chains.get(upload.line) ?? Promise.resolve()
    chains.set(upload.line, before.then(() => send(target, upload)))
  }

  async function send(target: Target, upload: Upload): Promise<void> {
    if (upload.stop.signal.aborted) return
    upload.state = 'sending'
    try {
      await target.uploading(() => put_page(target.id, upload.line, upload.page, upload.file, { signal: upload.stop.signal, on_progress: (share) => (upload.share = share) }))
      drop(upload)
    } catch (error) {
      if (upload.stop.signal.aborted) return
      upload.state = 'failed'
      upload.code = error instanceof ApiProblem ? error.code : 'web.unexpected'
      upload.fault = error instanceof ApiProblem ? [...new Set([error.problem.title, error.problem.detail])].filter((part) => part).join('：') : String(error)
    }
  }

  return { list, add, again, drop }
}
