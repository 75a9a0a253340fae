// Large scans: what the server needs in memory does not depend on their size.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collecting, signIn, Sitting } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

const bench = join(import.meta.dirname ?? __dirname, '../../../bench/upload')

test('the peak memory of the server is the same for 8 MB and for 64 MB', async ({ instance }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-upload-'))
  const peak = () => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${instance.server.pid}/status`, 'utf8'))![1]) / 1024
  try {
    const s = new Sitting(await signIn(instance, collecting, 'collector'))
    await s.open()
    const send = async (kind: string, megabytes: number) => {
      const file = join(folder, `scan.${kind}`)
      execFileSync(process.execPath, [join(bench, `${kind}.mjs`), file, `${megabytes}`])
      await s.upload('M10', `scan.${kind}`, readFileSync(file))
    }
    for (const kind of ['pdf', 'jpeg', 'pdf']) await send(kind, 8)
    const small = peak()
    for (const kind of ['pdf', 'jpeg', 'pdf']) await send(kind, 63)
    expect(s.material('M10').pages.map((p: any) => p.kind)).toEqual(['pdf', 'jpeg', 'pdf', 'pdf', 'jpeg', 'pdf'])
    expect(peak() - small).toBeLessThan(24)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
