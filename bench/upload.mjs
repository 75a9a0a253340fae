#!/usr/bin/env node
// The real server's page upload against dd conv=fsync and SM3 of the same bytes on the same disk: starts an instance, opens
// a sitting and lets bench/upload.sh measure. The files are PDFs that cannot be compressed, 64 MB (the default limit); or JPEGs
// of noise, whose every bit the gate decodes; or scans: twelve pages of 1 to 3 MB, one after another.
//
//   bench/upload.mjs [--rounds 7] [--kind pdf|jpeg|scan] [--binary PATH]
//
// What the server does in that time: HTTP, SM3 while bytes come in, SM4-GCM, fsync of file and folder, the gate's look
// into the file, and the event of the sitting in a durable transaction.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { Instance } from '../tests/functional/lib/instance.mjs'
import { collecting, signIn, Sitting } from '../tests/functional/lib/story.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, kind: { type: 'string', default: 'pdf' }, binary: { type: 'string' } } })
let instance
try {
  instance = await Instance.start({ binary: values.binary })
  const sitting = new Sitting(await signIn(instance, collecting, 'collector'))
  await sitting.open()
  const options = join(instance.data, 'curl')
  const cookie = [...sitting.client.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
  writeFileSync(options, `header = "Cookie: ${cookie}"\nheader = "X-CSRF-Token: ${sitting.client.csrf}"\nheader = "Content-Type: application/octet-stream"\nheader = "X-File-Name: scan.${values.kind === 'pdf' ? 'pdf' : 'jpg'}"\n`, { mode: 0o600 })
  execFileSync(join(here, 'upload.sh'), ['-', values.rounds], { stdio: 'inherit', env: { ...process.env,
    UPLOAD_URL: `${instance.url}${sitting.path}/materials/M10/pages/`, UPLOAD_PID: String(instance.server.pid),
    UPLOAD_BATCH: values.kind === 'scan' ? '12' : '1', UPLOAD_CURL: options, UPLOAD_MAKE: `${process.execPath} ${join(here, 'upload', `${values.kind}.mjs`)}`, BENCH_DISK: instance.data } })
} catch (error) {
  if (error.status === undefined) console.error(error.message) // else the script has said it
  process.exitCode = 1
} finally {
  await instance?.stop()
}
