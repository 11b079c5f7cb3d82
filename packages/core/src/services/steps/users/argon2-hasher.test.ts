import { hash as argon2 } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { argon2Hasher } from './argon2-hasher.js'

const passwords = argon2Hasher()

test('the right password fits its hash and another does not', async () => {
  const hash = await passwords.hash('correct horse battery staple')
  expect(await passwords.verify('correct horse battery staple', hash)).toBe(true)
  expect(await passwords.verify('correct horse battery stapler', hash)).toBe(false)
})

test('hashes are argon2id with the parameters OWASP recommends, salted each time', async () => {
  const [first, second] = await Promise.all([passwords.hash('same password'), passwords.hash('same password')])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
})

test('without a hash no password is right', async () => {
  expect(await passwords.verify('', null)).toBe(false)
  expect(await passwords.verify('anything at all', null)).toBe(false)
})

test('verifies a hash made with other parameters', async () => {
  const older = await argon2('long kept password', { memoryCost: 8192, timeCost: 1 })
  expect(await passwords.verify('long kept password', older)).toBe(true)
})
