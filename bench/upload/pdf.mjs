// pdf.mjs FILE MEGABYTES: a PDF of one page whose picture is that many megabytes which nobody can compress, as from a scanner.
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

const [file, megabytes] = process.argv.slice(2)
const out = openSync(file, 'w')
let at = 0
const offsets = []
const put = (bytes) => { at += writeSync(out, bytes) }
const object = (body) => { offsets.push(at); put(`${offsets.length} 0 obj\n${body}\nendobj\n`) }
put('%PDF-1.4\n')
object('<< /Type /Catalog /Pages 2 0 R >>')
object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
object('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>')
object('<< /Length 26 >>\nstream\nq 595 0 0 842 0 0 cm /I Do\nendstream')
// One grey byte a pixel; a little below the size so that the file does not exceed it.
const width = 1024
const height = Number(megabytes) * 1024 - 8
offsets.push(at)
put(`5 0 obj\n<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${width * height} >>\nstream\n`)
for (let row = 0; row < height; row += 1024) put(randomBytes(width * Math.min(1024, height - row)))
put('\nendstream\nendobj\n')
const xref = at
put(`xref\n0 6\n0000000000 65535 f \n${offsets.map((o) => String(o).padStart(10, '0') + ' 00000 n \n').join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`)
closeSync(out)
