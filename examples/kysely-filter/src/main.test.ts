import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

test('the host lists what a member may read, and explains a denial', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main])
  expect(stdout).toBe(`\
Bob may read
  Bob’s travel
  Rent
Why not the salaries?
  invoice:read is refused: the resource is private to its owner.
Ann takes reading away from Bob, who may still read
  Bob’s travel
Zoe, in her own tenant, may read
  Fodder
`)
})
