import { expect, test } from 'vitest'
import { describeFailure } from './describe-failure.js'

test('a failure is described by its name and codes', () => {
  const rejected = Object.assign(new Error('550 no such mailbox'), {
    code: 'EENVELOPE',
    responseCode: 550,
    command: 'RCPT TO',
  })
  expect(describeFailure(rejected)).toBe('Error EENVELOPE 550 RCPT TO')
  expect(describeFailure(new TypeError('x'))).toBe('TypeError')
})

test('nothing a mailer quotes from the mail is kept', () => {
  const secret = 'https://app.example/activate?token=s3cr3t-t0k3n'
  const quoting = Object.assign(new Error(`could not post ${secret}`), { code: secret, command: `DATA ${secret}` })
  quoting.cause = new Error(secret)
  for (const failure of [quoting, secret, { message: secret }, null]) {
    expect(describeFailure(failure)).not.toContain('s3cr3t')
  }
})
