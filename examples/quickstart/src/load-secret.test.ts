import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadSecret } from './load-secret.js'
import { StartError } from './start-error.js'
import { makeFolder } from './testing/spawn-quickstart.js'

test('a secret is made once, for its owner alone, and read from then on', () => {
  const folder = makeFolder()
  const file = path.join(folder, 'deeper', 'secret')
  const secret = loadSecret(file)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(loadSecret(file)).toBe(secret)
  expect(readdirSync(path.dirname(file))).toEqual(['secret'])
})

test('a file that holds no secret is refused and left as it is', () => {
  const file = path.join(makeFolder(), 'secret')
  writeFileSync(file, 'short\n')
  expect(() => loadSecret(file)).toThrow(StartError)
  expect(readFileSync(file, 'utf8')).toBe('short\n')
})

test('a folder that cannot be made is told, with what to do instead', () => {
  const file = path.join(makeFolder(), 'file')
  writeFileSync(file, '')
  expect(() => loadSecret(path.join(file, 'secret'))).toThrow(/TENANTRY_SECRET/)
})
