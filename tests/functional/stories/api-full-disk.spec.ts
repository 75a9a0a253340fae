// A full object store: the upload is refused with 507, everything else goes on.
import { refused } from '../lib/client.mjs'
import { png } from '../lib/files.mjs'
import { collecting, mortgageApplication, signIn, Sitting } from '../lib/story.mjs'
import { expect, test } from './fixture.ts'

test.use({ config: '\n[objects]\nbytes_max_total = 50000\n' })

test('a full object store refuses the file and serves on', async ({ instance, people }) => {
  const s = new Sitting(await signIn(instance, collecting, 'collector'))
  await s.open()
  let problem: any
  for (let i = 0; i < 20 && !problem; i++) {
    try { await s.upload('M10', `${i}.png`, png(i, 1200, 1600)) } catch (e: any) { problem = e.problem }
  }
  expect(problem?.status).toBe(507)
  expect(problem.retry).toBe('later')
  const before = (await s.reload()).materials.find((m: any) => m.code === 'M10').pages.length
  await s.apply(mortgageApplication(people.unit))
  expect((await s.reload()).materials.find((m: any) => m.code === 'M10').pages.length).toBe(before)
  expect((await refused(s.upload('M10', 'again.png', png(99, 1200, 1600)))).status).toBe(507)
})
