import { expect, test } from 'vitest'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { emailCipher } from './email-cipher.js'

const mail: EmailMessage<'transfer_code'> = {
  kind: 'transfer_code',
  to: 'ann@example.com',
  language: null,
  data: { tenantName: 'Acme', code: '314159', expiresAt: 1 },
}
const { seal, open } = emailCipher('a secret of at least thirty-two bytes')

test('a sealed mail opens under its own id', () => {
  expect(open('m1', seal('m1', mail))).toEqual(mail)
})

test('a sealed mail does not open under the id of another', () => {
  expect(() => open('m2', seal('m1', mail))).toThrow()
})

test('a sealed mail does not open with another secret', () => {
  const other = emailCipher('another secret of thirty-two bytes or more')
  expect(() => other.open('m1', seal('m1', mail))).toThrow()
})

test('a changed, cut or foreign payload, or one of another version, does not open', () => {
  const payload = seal('m1', mail)
  const changed = `${payload.slice(0, 60)}${payload[60] === 'A' ? 'B' : 'A'}${payload.slice(61)}`
  const foreign = Buffer.from(JSON.stringify(mail)).toString('base64url')
  const [version, ...rest] = Buffer.from(payload, 'base64url')
  const later = Buffer.from([(version ?? 0) + 1, ...rest]).toString('base64url')
  for (const attempt of [changed, payload.slice(0, -4), '', foreign, later]) expect(() => open('m1', attempt)).toThrow()
})

test('a payload shows nothing of what it holds', () => {
  const payload = seal('m1', mail)
  const readable = Buffer.from(payload, 'base64url').toString('latin1')
  for (const text of [payload, readable]) expect(text).not.toMatch(/314159|Acme|ann@example/)
})

test('the same mail sealed twice looks different', () => {
  expect(seal('m1', mail)).not.toBe(seal('m1', mail))
})
