// Compressed bytes that a browser needs for the first usable screen of each workplace: the entry, the route's own
// chunk, everything either imports statically, and the style sheets. Fails above the limit.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const limit = 300 * 1024
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

// The page each workplace opens first; a page that is not built yet is an error, not a pass.
const screens = {
  'public home': ['src/shell/pages/PublicHome.vue'],
  login: ['src/shell/pages/Login.vue'],
  'window list': ['src/modules/collections/pages/SittingList.vue'],
  'window sitting': ['src/modules/collections/pages/Sitting.vue'],
  ...Object.fromEntries(
    Object.keys(manifest)
      .filter((key) => /^src\/modules\/(?!collections\/)[^/]+\/pages\/[^/]+\.vue$/.test(key))
      .map((key) => [key.replace(/^src\/modules\//, '').replace('/pages/', ' ').replace('.vue', ''), [key]]),
  ),
}

function collect(key, files, seen) {
  if (seen.has(key)) return
  seen.add(key)
  const chunk = manifest[key]
  if (!chunk) throw new Error(`${key} is not in the build`)
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const next of chunk.imports ?? []) collect(next, files, seen)
}

let failed = false
for (const [name, pages] of Object.entries(screens)) {
  const files = new Set(['index.html'])
  const seen = new Set()
  collect('index.html', files, seen)
  // The words of a module are fetched together with its page.
  for (const page of pages) {
    collect(page, files, seen)
    const words = page.replace(/pages\/.*$/, 'messages.zh.json')
    if (manifest[words]) collect(words, files, seen)
  }
  const bytes = [...files].reduce((sum, file) => sum + size(file), 0)
  const good = bytes <= limit
  failed ||= !good
  console.log(`${good ? 'ok  ' : 'OVER'} ${(bytes / 1024).toFixed(1).padStart(7)} KB of ${limit / 1024} KB  ${name}`)
}
process.exit(failed ? 1 : 0)
