import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadSecret } from './load-secret.js'
import { StartError } from './start-error.js'
import { makeFolder } from './testing/spawn-quickstart.js'

test('a secret is created once, readable only by its owner, and then reused', () => {
  const folder = makeFolder()
  const file = path.join(folder, 'deeper', 'secret')
  const secret = loadSecret(file)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(loadSecret(file)).toBe(secret)
  expect(readdirSync(path.dirname(file))).toEqual(['secret'])
})

test('a file without a valid secret is rejected and not changed', () => {
  const file = path.join(makeFolder(), 'secret')
  writeFileSync(file, 'short\n')
  expect(() => loadSecret(file)).toThrow(StartError)
  expect(readFileSync(file, 'utf8')).toBe('short\n')
})

test('a folder that cannot be created causes an error with a suggestion', () => {
  const file = path.join(makeFolder(), 'file')
  writeFileSync(file, '')
  expect(() => loadSecret(path.join(file, 'secret'))).toThrow(/TENANTRY_SECRET/)
})
