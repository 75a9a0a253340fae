// Every story gets a running platform with its demo province; one per file, on the engine of TONGBAN_ENGINE.
import { test as base } from '@playwright/test'
import { Instance } from '../lib/instance.mjs'
import { demoPeople } from '../lib/story.mjs'

export function startOptions(more: Record<string, unknown> = {}) {
  const postgres = process.env.TONGBAN_ENGINE === 'postgres' ? process.env.TONGBAN_TEST_POSTGRES : undefined
  if (process.env.TONGBAN_ENGINE === 'postgres' && !postgres) throw new Error('TONGBAN_TEST_POSTGRES is not set')
  return { postgres, ...more }
}

type Worker = { instance: any; people: any }

// Instances are per file: Playwright starts a new worker when `config` changes.
export const test = base.extend<object, Worker & { config: string }>({
  config: ['', { option: true, scope: 'worker' }],
  instance: [
    async ({ config }, use) => {
      const instance = await Instance.start(startOptions({ config }))
      await use(instance)
      await instance.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  people: [async ({ instance }, use) => use(await demoPeople(instance)), { scope: 'worker' }],
})
export { expect } from '@playwright/test'
