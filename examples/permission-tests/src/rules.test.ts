import { accessOf, compilePolicy } from '@tenantry/core'
import {
  anyMembership,
  anySubject,
  checkPermissionLaws,
  diffMatrices,
  permissionLaws,
  permissionMatrix,
} from '@tenantry/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resources, roles } from './rules.js'

const rules = { resources, roles }
const ladder = ['viewer', 'approver', 'admin', 'owner']

describe('our rules keep the laws', () => {
  for (const { sentence, check } of permissionLaws(rules, { monotone: ladder })) test(sentence, check)
})

test('who may do what is what was agreed on', async () => {
  // Remove the file to have it written anew; whoever reviews the change sees it in this file.
  const permissions = resources.invoice.map((verb) => `invoice:${verb}`)
  await expect(permissionMatrix(rules, { permissions }).toText()).toMatchFileSnapshot('permissions.txt')
})

test('an approver who learns to update is a change one can read', () => {
  const approver = { ...roles.approver, permissions: [...roles.approver.permissions, 'invoice:update'] }
  const changes = diffMatrices(permissionMatrix(rules), permissionMatrix({ resources, roles: { approver } }))
  expect(changes.map(({ sentence }) => sentence)).toEqual([
    'invoice:update is given to "approver", beyond what they own.',
  ])
})

test('a viewer who could update invoices would be caught', async () => {
  const viewer = { rank: 10, name: 'Viewer', permissions: ['tenant:read', '*:read', 'invoice:update'] }
  await expect(checkPermissionLaws({ resources, roles: { viewer } })).rejects.toThrow(
    'a viewer never changes anything: a viewer may do invoice:update on a resource of the tenant, because the role "viewer" grants it.',
  )
})

test('a law of our own: whoever may update an invoice may read it, unless reading was denied', () => {
  const policy = compilePolicy(rules)
  const law = fc.property(anySubject(rules), anyMembership(rules), (subject, membership) => {
    const access = accessOf(policy, { ...subject, membership })
    const wasDenied = membership.overrides['invoice:read'] === false
    const wasGranted = membership.overrides['invoice:update'] === true
    return wasDenied || wasGranted || !access.can('invoice:update') || access.can('invoice:read')
  })
  fc.assert(law)
})
