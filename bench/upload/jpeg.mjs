// jpeg.mjs FILE MEGABYTES: a grey baseline JPEG of that many megabytes, all of it entropy-coded noise that a decoder must read
// bit by bit: the dearest honest file there is. A comment in front leaves room for bytes that make each copy a new file.
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

const [file, megabytes] = process.argv.slice(2)
const wanted = Number(megabytes) * 2 ** 20
const segment = (marker, body) => Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body])

// One row of blocks: the same value as before for the mean, then 63 coefficients of `size` bits each, every code one bit long.
const width = 4096
const size = 5
const bits = []
let noise = randomBytes(1 << 16)
let taken = 0
const bit = () => { if (taken === noise.length * 8) { noise = randomBytes(1 << 16); taken = 0 } const b = (noise[taken >> 3] >> (taken & 7)) & 1; taken++; return b }
for (let block = 0; block < width / 8; block++) {
  bits.push(0)
  for (let i = 0; i < 63; i++) { bits.push(0); for (let b = 0; b < size; b++) bits.push(bit()) }
}
const row = []
for (let i = 0; i < bits.length; i += 8) {
  let byte = 0
  for (let b = 0; b < 8; b++) byte = (byte << 1) | (bits[i + b] ?? 1)
  row.push(byte)
  if (byte === 0xff) row.push(0)
}
const rows = Math.floor((wanted - 20000) / (row.length + 2))
const height = rows * 8
const out = openSync(file, 'w')
const put = (bytes) => writeSync(out, bytes)
put(Buffer.from([0xff, 0xd8]))
put(segment(0xfe, Buffer.alloc(16384)))
put(segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])))
put(segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])))
put(segment(0xc4, Buffer.concat([Buffer.from([0x00, 1]), Buffer.alloc(15), Buffer.from([0])])))
put(segment(0xc4, Buffer.concat([Buffer.from([0x10, 1]), Buffer.alloc(15), Buffer.from([size])])))
put(segment(0xdd, Buffer.from([(width / 8) >> 8, (width / 8) & 255])))
put(segment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])))
for (let i = 0; i < rows; i++) put(Buffer.from([...row, 0xff, i === rows - 1 ? 0xd9 : 0xd0 + (i % 8)]))
closeSync(out)
