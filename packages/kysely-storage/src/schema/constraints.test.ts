import { expect, test } from 'vitest'
import { constraintOfColumns, constraintOfKey, keyName, primaryKeyName } from './constraints.js'

test('a broken key is the same rule by its columns and by its name', () => {
  expect(constraintOfColumns('invitations', ['tenant_id', 'email_key'])).toBe('invitation.pending')
  expect(constraintOfKey(keyName('invitations', ['tenant_id', 'email_key']))).toBe('invitation.pending')
  expect(constraintOfColumns('memberships', ['tenant_id', 'user_id'])).toBe('membership')
  expect(constraintOfKey(primaryKeyName('memberships'))).toBe('membership')
})

test('a key that enforces no rule of the port has none', () => {
  expect(constraintOfColumns('emails', ['id'])).toBeUndefined()
  expect(constraintOfColumns('toString', [])).toBeUndefined()
  expect(constraintOfKey('mails_pkey')).toBeUndefined()
  expect(constraintOfKey('constructor')).toBeUndefined()
})
