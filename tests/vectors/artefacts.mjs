#!/usr/bin/env node
// What the tour leaves, in the eyes of programs that are not ours: poppler, qpdf, mupdf, openssl, zbar, unzip.
//   node tests/vectors/artefacts.mjs FOLDER      the folder of `./run tour --keep`; exit status 1 and a line per fault
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(process.argv[2])
const scratch = mkdtempSync(join(tmpdir(), 'tongban-artefacts-'))
const faults = []
let checks = 0
const run = (program, ...args) => {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
  if (done.error) throw done.error
  return { status: done.status, out: done.stdout, err: done.stderr }
}
function check(what, good, said = '') {
  checks += 1
  if (!good) faults.push(`${what}: ${String(said).trim().slice(0, 300)}`)
}

// One DER element at `at`.
function element(der, at) {
  let size = der[at + 1]
  let head = 2
  if (size & 0x80) {
    const bytes = size & 0x7f
    size = der.readUIntBE(at + 2, bytes)
    head += bytes
  }
  return { tag: der[at], from: at + head, end: at + head + size, whole: der.subarray(at, at + head + size), content: der.subarray(at + head, at + head + size) }
}
function children(der, of) {
  const all = []
  for (let at = of.from; at < of.end;) {
    const one = element(der, at)
    all.push(one)
    at = one.end
  }
  return all
}

// Signature value and time-stamp token of the CMS in a PDF (RFC 5652, RFC 3161 appendix A).
function stampOf(pdf) {
  const text = pdf.toString('latin1')
  const hex = /\/Contents <([0-9a-f]+)>/.exec(text)[1]
  const der = Buffer.from(hex, 'hex')
  const signedData = children(der, children(der, element(der, 0))[1])[0]
  const signerInfo = children(der, children(der, signedData).at(-1))[0]
  const parts = children(der, signerInfo)
  const unsigned = parts.find((one) => one.tag === 0xa1)
  const signature = parts.filter((one) => one.tag === 0x04).at(-1)
  const stampName = Buffer.from('060b2a864886f70d010910020e', 'hex')
  const attribute = unsigned && children(der, unsigned).find((one) => children(der, one)[0].whole.equals(stampName))
  return { signature: signature.content, token: attribute && children(der, children(der, attribute)[1])[0].whole }
}

function checkPdf(name) {
  const file = join(folder, name)
  const qpdf = run('qpdf', '--check', file)
  check(`qpdf --check ${name}`, qpdf.status === 0 && qpdf.out.includes('No syntax or stream encoding errors'), qpdf.out + qpdf.err)
  const text = run('pdftotext', file, '-')
  check(`pdftotext ${name}`, text.status === 0 && text.err === '' && text.out.trim().length > 50, text.err)
  const mutool = run('mutool', 'draw', '-r', '30', '-o', join(scratch, `${name}-%d.png`), file)
  // Debian's mupdf is built without colour profiles, and says so each time.
  const said = mutool.err.replace(/^warning: ICC support is not available$/m, '')
  check(`mutool draw ${name}`, mutool.status === 0 && !/error|warning/i.test(said), said)
}

function checkCertificate() {
  const file = join(folder, 'certificate.pdf')
  const said = run('pdfsig', '-nocert', file)
  check('pdfsig certificate.pdf', said.out.includes('Signature is Valid') && said.out.includes('Total document signed'), said.out + said.err)
  const mutool = run('mutool', 'sign', '-v', file)
  check('mutool sign -v certificate.pdf', mutool.out.includes('The document is unchanged since signing.'), mutool.out + mutool.err)
  const { signature, token } = stampOf(readFileSync(file))
  check('certificate.pdf has a time stamp', token !== undefined)
  if (token) {
    writeFileSync(join(scratch, 'signature'), signature)
    writeFileSync(join(scratch, 'token'), token)
    const verify = (data) => run('openssl', 'ts', '-verify', '-token_in', '-in', join(scratch, 'token'), '-data', data, '-CAfile', join(folder, 'trusted.pem'))
    const stamped = verify(join(scratch, 'signature'))
    check('openssl ts -verify', stamped.status === 0 && stamped.out.includes('Verification: OK'), stamped.out + stamped.err)
    const other = Buffer.from(signature)
    other[10] ^= 1
    writeFileSync(join(scratch, 'other'), other)
    check('openssl ts -verify refuses another signature', verify(join(scratch, 'other')).status !== 0)
  }
  execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(scratch, 'page')])
  const code = run('zbarimg', '-q', '--raw', join(scratch, 'page.png'))
  check('zbarimg certificate.pdf', code.status === 0 && code.out.includes('/verify?number='), code.out + code.err)
}

try {
  for (const name of ['certificate.pdf', 'receipt.pdf', 'acceptance.pdf']) checkPdf(name)
  checkCertificate()
  // SM2 values, digests and certificates, by openssl.
  const ofd = run('bash', join(here, 'ofdcheck.sh'), join(folder, 'certificate.ofd'), join(folder, 'trusted.pem'))
  check('ofdcheck.sh certificate.ofd', ofd.status === 0 && ofd.out.includes('ALL OK'), ofd.out + ofd.err)
  for (const name of ['capsule.zip', 'capsule-of-the-owner.zip', 'certificate.ofd']) {
    const unzip = run('unzip', '-tqq', join(folder, name))
    check(`unzip -t ${name}`, unzip.status === 0, unzip.out + unzip.err)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
for (const fault of faults) console.log(`✗ ${fault}`)
console.log(`${checks - faults.length} of ${checks} checks by other programs passed`)
if (faults.length > 0 || checks === 0) process.exitCode = 1
