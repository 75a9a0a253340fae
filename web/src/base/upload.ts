// One file to the server with progress. fetch() cannot tell how much was sent, XMLHttpRequest can.
// The page id in the path is the caller's; repeating an upload with the same id is harmless, so `upload` itself
// tries again when the line breaks, and a person may try again later with the same id.
import { ApiProblem, read_problem, unsafe_headers, web_problem } from './http'

export interface UploadOptions {
  file_name: string
  on_progress?: (share: number) => void // 0…1
  signal?: AbortSignal
  attempts?: number
}

// Headers carry ASCII only, and names must not stand in the address, where every proxy writes them down. Of a long name the
// end is kept, by characters: half a surrogate pair cannot be encoded. Macs send names decomposed; stored text is composed.
export function file_name_header(name: string): string {
  const whole = new TextDecoder().decode(new TextEncoder().encode(name)) // a lone surrogate becomes U+FFFD
  return encodeURIComponent([...whole.normalize('NFC')].slice(-200).join(''))
}

export async function upload<Answer>(path: string, file: Blob, options: UploadOptions): Promise<Answer> {
  const attempts = options.attempts ?? 3
  for (let attempt = 1; ; ++attempt) {
    try {
      return await upload_once<Answer>(path, file, options)
    } catch (error) {
      const broken_line = error instanceof ApiProblem && error.code === 'web.offline'
      if (!broken_line || attempt >= attempts || options.signal?.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, 600 * attempt))
    }
  }
}

function upload_once<Answer>(path: string, file: Blob, options: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', path)
    for (const [name, value] of Object.entries(unsafe_headers({}))) request.setRequestHeader(name, value)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-File-Name', file_name_header(options.file_name))
    request.setRequestHeader('Accept', 'application/json')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.on_progress?.(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status < 200 || request.status >= 300) return reject(read_problem(request.status, request.responseText))
      try {
        resolve(JSON.parse(request.responseText) as Answer)
      } catch {
        reject(new ApiProblem(web_problem.unreadable(request.status)))
      }
    }
    request.onerror = () => reject(new ApiProblem(web_problem.offline()))
    request.onabort = () => reject(new ApiProblem(web_problem.aborted()))
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
