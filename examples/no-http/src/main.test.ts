import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

test('the script creates a tenant, invites, changes a role and checks permissions', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main])
  expect(stdout).toBe(`\
Two people sign up
  event: user.created (user)
  event: user.created (user)
Ann makes a tenant, and owns it
  event: tenant.created (tenant)
Ann invites Bob, who accepts
  event: invitation.created (invitation)
  event: member.joined (member)
As a viewer, Bob may
  read invoices: true
  create invoices: false
  delete his own invoice: true
  invoice:create is refused: none of the member’s roles grants it.
Ann makes Bob an editor
  event: member.roles_updated (member)
  create invoices: true
  approve invoices: false
Bob tries to remove Ann
  refused: forbidden
The members
  Ann: owner
  Bob: editor
The audit log is intact: 4 events
`)
})
