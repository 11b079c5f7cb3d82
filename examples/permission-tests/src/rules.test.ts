import { createAccess, compilePolicy } from '@tenantry/core'
import {
  anyMembership,
  anyResource,
  anySubject,
  checkProperty,
  checkPermissionProperties,
  diffMatrices,
  everyCase,
  permissionProperties,
  permissionMatrix,
} from '@tenantry/testkit'
import type { PermissionRules } from '@tenantry/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resources, roles } from './rules.js'

const rules: PermissionRules = { resources, roles }
const ladder = ['viewer', 'approver', 'admin', 'owner']

describe('our rules satisfy the general properties', () => {
  for (const { sentence, check } of permissionProperties(rules, { monotone: ladder })) test(sentence, check)
})

test('the table of permissions matches the agreed one', async () => {
  // To regenerate the file, delete it. Its diff then shows the change in review.
  const permissions = resources.invoice.map((verb) => `invoice:${verb}`)
  await expect(permissionMatrix(rules, { permissions }).toText()).toMatchFileSnapshot('permissions.txt')
})

test('letting approvers update is visible as a readable difference', () => {
  const approver = { ...roles.approver, permissions: [...roles.approver.permissions, 'invoice:update'] }
  const changes = diffMatrices(permissionMatrix(rules), permissionMatrix({ resources, roles: { approver } }))
  expect(changes.map(({ sentence }) => sentence)).toEqual([
    'invoice:update is given to "approver", beyond what they own.',
  ])
})

test('a viewer who may update invoices is detected', async () => {
  const viewer = { rank: 10, name: 'Viewer', permissions: ['tenant:read', '*:read', 'invoice:update'] }
  await expect(checkPermissionProperties({ resources, roles: { viewer } })).rejects.toThrow(
    'a viewer never changes anything: a viewer may do invoice:update on a resource of the tenant, because the role "viewer" grants it.',
  )
})

const updaterReads = (declared: PermissionRules) => {
  const policy = compilePolicy(declared)
  return checkProperty({
    sentence: 'who may update an invoice may read it, unless reading was denied or updating granted',
    cases: [anySubject(declared), anyResource()],
    holds(subject, resource) {
      const access = createAccess(policy, subject)
      const overrides = subject.membership?.overrides ?? {}
      const isException = overrides['invoice:read'] === false || overrides['invoice:update'] === true
      return isException || !access.can('invoice:update', resource) || access.can('invoice:read', resource)
    },
  })
}

test('a law of our own: who may update an invoice may read it', () => updaterReads(rules))

test('a single role that violates our property is detected in every run', async () => {
  const approver = { ...roles.approver, permissions: ['invoice:update'] }
  await expect(updaterReads({ resources, roles: { approver } })).rejects.toThrow(
    'it does not hold for an approver, no resource in particular.',
  )
})

test('a fast-check property: an inactive member has no permissions', () => {
  const policy = compilePolicy(rules)
  const inactive = anyMembership(rules).filter(({ active }) => !active)
  const cases = [anySubject(rules), inactive] as const
  const mayDoNothing = fc.property(...cases, (subject, membership) => {
    // An organization admin would have permissions of their own.
    const facts = { ...subject, membership, organizationMembership: null }
    return createAccess(policy, facts).permissions().length === 0
  })
  fc.assert(mayDoNothing, everyCase(...cases))
})
