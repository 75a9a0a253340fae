// Starts a real platform and its sandbox on free ports with data of their own, and ends them again.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
export const defaultBinary = process.env.TONGBAN_BINARY ?? join(root, 'build/release/src/server/tongban')
const exec = promisify(execFile)

async function freePorts() {
  const open = () => new Promise((done, fail) => {
    const s = createServer()
    s.once('error', fail)
    s.listen(0, '127.0.0.1', () => done(s))
  })
  // The sandbox takes the platform's port + 1: look for a pair.
  for (let i = 0; i < 50; i++) {
    const first = await open()
    const port = first.address().port
    const second = await new Promise((done) => {
      const s = createServer()
      s.once('error', () => done(null))
      s.listen(port + 1, '127.0.0.1', () => done(s))
    })
    await new Promise((done) => first.close(done))
    if (second) {
      await new Promise((done) => second.close(done))
      return port
    }
  }
  throw new Error('no two neighbouring free ports')
}

export class Instance {
  // options: binary, share, postgres (conninfo; a schema of its own is made in it), config (extra lines of TOML)
  static async start(options = {}) {
    const self = new Instance()
    self.binary = options.binary ?? defaultBinary
    self.share = options.share ?? root
    self.data = mkdtempSync(join(tmpdir(), 'tongban-instance-'))
    mkdirSync(join(self.data, 'log'))
    self.port = await freePorts()
    self.url = `http://127.0.0.1:${self.port}`
    self.sandboxUrl = `http://127.0.0.1:${self.port + 1}`
    self.postgres = options.postgres
    self.schema = `tongban_${process.pid}_${Date.now().toString(36)}_${self.port}`
    const database = self.postgres ? `${self.postgres}` : join(self.data, 'tongban.db')
    self.env = { ...process.env, TONGBAN_CONFIG: join(self.data, 'config.toml') }
    const more = self.postgres ? ['--schema', self.schema] : []
    const { stdout } = await exec(self.binary, ['admin', 'demo-config', '--data', self.data, '--address', '127.0.0.1', '--port', String(self.port), '--database', database, '--share', self.share, ...more])
    writeFileSync(self.env.TONGBAN_CONFIG, stdout + (options.config ?? ''))
    await self.admin('migrate')
    await self.admin('admin', 'demo-province')
    self.accounts = JSON.parse(await self.admin('admin', 'demo-accounts', '--json'))
    await self.startSandbox()
    await self.startServer()
    return self
  }

  async admin(...args) {
    const { stdout } = await exec(this.binary, args, { env: this.env, maxBuffer: 64 << 20 })
    return stdout
  }

  // The same with something to read on standard input.
  adminWith(input, ...args) {
    return new Promise((done, fail) => {
      const child = execFile(this.binary, args, { env: this.env }, (error, stdout) => (error ? fail(error) : done(stdout)))
      child.stdin.end(input + '\n')
    })
  }

  spawn(command, log) {
    const out = openSync(join(this.data, 'log', log), 'a')
    return spawn(this.binary, [command], { env: this.env, stdio: ['ignore', out, out] })
  }

  async ready(child, url) {
    const end = Date.now() + 60000 // a sanitized program on a busy machine is slow
    while (Date.now() < end) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended:\n${this.log()}`)
      try { if ((await fetch(url)).ok) return } catch { /* not yet */ }
      await new Promise((done) => setTimeout(done, 30))
    }
    throw new Error(`${child.spawnargs.join(' ')} did not answer:\n${this.log()}`)
  }

  async startSandbox() {
    this.sandbox = this.spawn('sandbox', 'sandbox.log')
    await this.ready(this.sandbox, this.sandboxUrl + '/')
  }

  async startServer() {
    this.server = this.spawn('serve', 'serve.log')
    await this.ready(this.server, this.url + '/api/v1/health')
  }

  log() { return readFileSync(join(this.data, 'log/serve.log'), 'utf8').split('\n').slice(-15).join('\n') }

  static async end(child, signal) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    await new Promise((done) => { child.once('exit', done); child.kill(signal) })
  }

  killServer() { return Instance.end(this.server, 'SIGKILL') }

  async stop() {
    await Instance.end(this.server, 'SIGTERM')
    await Instance.end(this.sandbox, 'SIGTERM')
    if (this.postgres) await this.admin('admin', 'drop-schema').catch((e) => console.error(String(e)))
    if (!process.env.TONGBAN_KEEP_DATA) rmSync(this.data, { recursive: true, force: true })
  }

  account(agency, duty) {
    const found = this.accounts.find((a) => a.agency === agency && a.duties.includes(duty))
    if (!found) throw new Error(`no demo account with duty ${duty} at ${agency}`)
    return found
  }
}
