import { expect, test } from 'vitest'
import type { Mail } from './mail.js'
import { mailSeal } from './seal.js'

const mail: Mail<'transfer_code'> = {
  kind: 'transfer_code',
  to: 'ann@example.com',
  language: null,
  data: { tenantName: 'Acme', code: '314159', expiresAt: 1 },
}
const { seal, open } = mailSeal('a secret of at least thirty-two bytes')

test('a sealed mail opens under its own id', async () => {
  expect(await open('m1', await seal('m1', mail))).toEqual(mail)
})

test('a sealed mail does not open under the id of another', async () => {
  await expect(open('m2', await seal('m1', mail))).rejects.toThrow()
})

test('a sealed mail does not open with another secret', async () => {
  const other = mailSeal('another secret of thirty-two bytes or more')
  await expect(other.open('m1', await seal('m1', mail))).rejects.toThrow()
})

test('a changed, cut or foreign payload does not open', async () => {
  const payload = await seal('m1', mail)
  const parts = payload.split('.')
  const content = parts[3] ?? ''
  const changed = (content.startsWith('A') ? 'B' : 'A') + content.slice(1)
  const unsecured = Buffer.from('{"alg":"none"}').toString('base64url')
  const attempts = [parts.with(3, changed).join('.'), payload.slice(0, -4), '', `${unsecured}.e30.`]
  for (const attempt of attempts) await expect(open('m1', attempt)).rejects.toThrow()
})

test('a payload shows nothing of what it holds', async () => {
  const payload = await seal('m1', mail)
  const readable = payload.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
  for (const text of [payload, ...readable]) expect(text).not.toMatch(/314159|Acme|ann@example/)
})

test('the same mail sealed twice looks different', async () => {
  expect(await seal('m1', mail)).not.toBe(await seal('m1', mail))
})
