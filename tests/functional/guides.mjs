#!/usr/bin/env node
// Makes the pictures of docs/zh/ and of the README anew: plays the browser stories, keeps what the guides show, and makes
// it small. Run it when screens have changed: node tests/functional/guides.mjs (TONGBAN_BINARY names another program).
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { smallPng } from './lib/small_png.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const images = resolve(here, '../../docs/images')
// picture of the stories → picture of the guides
const pictures = {
  'window-new': 'guide-window-new', 'XF-01-application': 'guide-window-form', 'XF-01-parties': 'guide-window-parties', 'window-interview': 'guide-window-interview',
  window: 'window', 'window-pushed': 'guide-window-pushed', home: 'home', 'home-rules': 'guide-home-rules', 'XF-01-tax': 'guide-home-tax', 'home-register': 'guide-home-register',
  'application-tasks': 'guide-portal-tasks', 'application-check': 'guide-portal-check',
  'XF-01-track-bill': 'guide-track-bill', 'XF-01-track': 'guide-track-done', 'XF-01-tax-office': 'guide-tax-office', verify: 'verify',
}

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'tongban-guides-'))
if (!process.argv[2]) {
  execFileSync('npx', ['playwright', 'test', 'browser-main-path', 'browser-items', 'browser-application'], { cwd: here, stdio: 'inherit', env: { ...process.env, TONGBAN_SCREENSHOTS: folder } })
}
mkdirSync(images, { recursive: true })
for (const [from, to] of Object.entries(pictures)) {
  const small = smallPng(readFileSync(join(folder, `${from}.png`)))
  writeFileSync(join(images, `${to}.png`), small)
  console.log(`docs/images/${to}.png ${(small.length / 1024).toFixed(0)} KB`)
}
if (!process.argv[2]) rmSync(folder, { recursive: true })
