// Small real files to hand in: pictures and PDFs made here, so that nothing binary lives in the repository.
import { deflateSync, crc32 as zlibCrc } from 'node:zlib'

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})
const crc32 = zlibCrc ?? ((bytes) => {
  let c = 0xffffffff
  for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
})

export function chunk(name, data) {
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length, 0)
  out.write(name, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}

// A page-like PNG: paper colour, a frame and dark lines whose pattern depends on `seed`, so that every page differs.
export function png(seed = 1, width = 620, height = 877) {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1)
    for (let x = 0; x < width; x++) {
      const frame = x < 8 || y < 8 || x >= width - 8 || y >= height - 8
      const line = y % 28 > 20 && x > 60 && x < width - 60 - ((y * seed * 37) % 200) && (x + seed * 13) % 11 > 3
      rows[row + 1 + x] = frame ? 90 : line ? 40 : 250 - (seed % 5)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8 // bits; 0 = grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ])
}

// A signature as a pad draws it: dark strokes on nothing.
export function signaturePng(seed = 1, width = 480, height = 160) {
  const rows = Buffer.alloc((width * 4 + 1) * height)
  for (let x = 20; x < width - 20; x++) {
    const y = Math.round(height / 2 + Math.sin(x / (9 + seed)) * 40 + Math.sin(x / 31) * 20)
    for (let d = -2; d <= 2; d++) {
      const at = (y + d) * (width * 4 + 1) + 1 + x * 4
      rows[at] = 20; rows[at + 1] = 30; rows[at + 2] = 60; rows[at + 3] = 255
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  head[9] = 6 // RGBA
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ])
}

// A PDF of `leaves` pages; `extra` goes into the catalogue dictionary (to make bad ones).
export function pdf(leaves = 1, text = 'Tongban', extra = '') {
  const objects = []
  const kids = Array.from({ length: leaves }, (_, i) => `${4 + i * 2} 0 R`).join(' ')
  objects.push(`<< /Type /Catalog /Pages 2 0 R ${extra} >>`)
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${leaves} >>`)
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  for (let i = 0; i < leaves; i++) {
    const stream = `BT /F1 28 Tf 72 740 Td (${text} ${i + 1}) Tj ET`
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + i * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`)
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`)
  }
  let out = '%PDF-1.4\n'
  const offsets = objects.map((body, i) => {
    const at = out.length
    out += `${i + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const xref = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` + offsets.map((o) => String(o).padStart(10, '0') + ' 00000 n \n').join('')
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
  return Buffer.from(out, 'latin1')
}
