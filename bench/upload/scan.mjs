// scan.mjs FILE [MEGABYTES]: one A4 page of writing on paper with grain, grey, 300 dpi, as a JPEG of 1 to 3 MB: what a scanner at the
// window sends. The number of megabytes is not asked for. A comment in front leaves room for bytes that make each copy a new file.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [file] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'tongban-scan-'))
try {
  const [width, height] = [2480, 3508]
  const grain = randomBytes(width * height).map((value) => 232 + (value & 15))
  const lines = Array.from({ length: 48 }, (_, i) => `(${`Line ${i} of an application for registration, written by nobody in particular. `.repeat(2).slice(0, 95)}) Tj T*`)
  const words = `q 595 0 0 842 0 0 cm /I Do Q BT /F 10 Tf 15 TL 50 780 Td ${lines.join('\n')} ET`
  const parts = []
  const offsets = []
  let at = 0
  const put = (bytes) => { parts.push(Buffer.from(bytes)); at += parts.at(-1).length }
  const object = (...body) => { offsets.push(at); put(`${offsets.length} 0 obj\n`); body.forEach(put); put('\nendobj\n') }
  put('%PDF-1.4\n')
  object('<< /Type /Catalog /Pages 2 0 R >>')
  object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  object('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F 6 0 R >> >> >>')
  object(`<< /Length ${words.length} >>\nstream\n`, words, '\nendstream')
  object(`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${grain.length} >>\nstream\n`, grain, '\nendstream')
  object('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  const xref = at
  put(`xref\n0 7\n0000000000 65535 f \n${offsets.map((o) => String(o).padStart(10, '0') + ' 00000 n \n').join('')}trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`)
  writeFileSync(join(folder, 'page.pdf'), Buffer.concat(parts))
  execFileSync('pdftocairo', ['-jpeg', '-jpegopt', 'quality=85', '-gray', '-r', '300', '-singlefile', join(folder, 'page.pdf'), join(folder, 'page')])
  const jpeg = readFileSync(join(folder, 'page.jpg'))
  const comment = Buffer.alloc(16384)
  writeFileSync(file, Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 255]), comment, jpeg.subarray(2)]))
} finally {
  rmSync(folder, { recursive: true })
}
