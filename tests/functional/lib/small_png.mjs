// Screenshots for the repository: a true-colour PNG as the browser writes it, with at most 256 colours and maximal
// compression. Screens have few colours, so that nobody sees the difference and a picture takes a third.
import { deflateSync, inflateSync } from 'node:zlib'
import { chunk } from './files.mjs'

// {width, height, pixels: RGB bytes}
function decode(file) {
  let at = 8
  let head
  const parts = []
  while (at < file.length) {
    const length = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    const data = file.subarray(at + 8, at + 8 + length)
    if (name === 'IHDR') head = data
    if (name === 'IDAT') parts.push(data)
    at += 12 + length
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const channels = { 2: 3, 6: 4 }[head[9]]
  if (head[8] !== 8 || !channels || head[12]) throw new Error('only 8-bit RGB and RGBA without interlacing')
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = Buffer.alloc(width * height * 3)
  let previous = Buffer.alloc(stride)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    const line = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? line[x - channels] : 0
      const up = previous[x]
      const corner = x >= channels ? previous[x - channels] : 0
      let guess = 0
      if (filter === 1) guess = left
      else if (filter === 2) guess = up
      else if (filter === 3) guess = (left + up) >> 1
      else if (filter === 4) {
        const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
        guess = a <= b && a <= c ? left : b <= c ? up : corner
      }
      line[x] = (line[x] + guess) & 255
    }
    for (let x = 0; x < width; x++) line.copy(pixels, (y * width + x) * 3, x * channels, x * channels + 3)
    previous = line
  }
  return { width, height, pixels }
}

// Median cut: the box with the most pixels times spread is divided until there are 256.
function palette(counts) {
  const boxes = [[...counts].map(([colour, count]) => ({ c: [colour >> 16, (colour >> 8) & 255, colour & 255], count }))]
  const spread = (box) => [0, 1, 2].map((i) => Math.max(...box.map((p) => p.c[i])) - Math.min(...box.map((p) => p.c[i])))
  const weigh = (box) => ({ box, spreads: spread(box), weight: Math.max(...spread(box)) * box.reduce((sum, p) => sum + p.count, 0) })
  let weighed = boxes.map(weigh)
  while (weighed.length < 256) {
    weighed.sort((a, b) => b.weight - a.weight)
    const widest = weighed[0]
    if (!widest || widest.weight === 0) break
    const axis = widest.spreads.indexOf(Math.max(...widest.spreads))
    const sorted = widest.box.sort((a, b) => a.c[axis] - b.c[axis])
    const half = sorted.reduce((sum, p) => sum + p.count, 0) / 2
    let sum = 0
    let cut = 0
    while (cut < sorted.length - 1 && (sum += sorted[cut].count) < half) cut++
    cut = Math.min(Math.max(cut, 1), sorted.length - 1)
    weighed.splice(0, 1, weigh(sorted.slice(0, cut)), weigh(sorted.slice(cut)))
  }
  // A box is shown as its commonest colour: text stays black and paper white.
  return weighed.map(({ box }) => box.reduce((best, p) => (p.count > best.count ? p : best)).c)
}

export function smallPng(file) {
  const { width, height, pixels } = decode(file)
  const counts = new Map()
  for (let i = 0; i < pixels.length; i += 3) {
    const colour = (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const colours = palette(counts)
  const nearest = new Map()
  const indexOf = (colour) => {
    let found = nearest.get(colour)
    if (found !== undefined) return found
    const [r, g, b] = [colour >> 16, (colour >> 8) & 255, colour & 255]
    let least = Infinity
    colours.forEach(([cr, cg, cb], i) => {
      const far = (r - cr) ** 2 + (g - cg) ** 2 + (b - cb) ** 2
      if (far < least) [least, found] = [far, i]
    })
    nearest.set(colour, found)
    return found
  }
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3
      rows[y * (width + 1) + 1 + x] = indexOf((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2])
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  head[9] = 3 // palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', head), chunk('PLTE', Buffer.from(colours.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ])
}
