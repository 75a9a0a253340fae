// Another reader of OFD than any of ours: ofd.js from npm (Apache-2.0), of which only one built file is used in the
// browser. Fetched once into var/cache; its packages of widgets and icons are not wanted.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = '0.2.6'
const integrity = 'qBC4bD5fC2e+qWg2ap6pajAU1Rl/G6+l6NUxMVgdcXTtjWcdRSYD6e63WGgmKAEuE4fjmntzIXZwODawjWmQuw=='
const folder = resolve(fileURLToPath(new URL('../../../var/cache/npm', import.meta.url)))

// The text of the reader's script.
export function ofdReader() {
  const packed = join(folder, `ofd.js-${version}.tgz`)
  if (!existsSync(packed)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('npm', ['pack', '--silent', `ofd.js@${version}`, '--pack-destination', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  if (createHash('sha512').update(readFileSync(packed)).digest('base64') !== integrity) throw new Error(`${packed} is not what it should be; delete it`)
  return execFileSync('tar', ['xzOf', packed, 'package/lib/ofd.umd.min.js'], { encoding: 'utf8', maxBuffer: 16 << 20 })
}
