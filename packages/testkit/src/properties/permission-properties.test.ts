import { describe, expect, test } from 'vitest'
import { checkPermissionProperties, permissionProperties } from './permission-properties.js'

const resources = {
  invoice: ['create', 'read', 'update', 'delete', 'approve'],
  dataset: ['create', 'read'],
} as const
const roles = {
  lead: {
    rank: 35,
    name: 'Lead',
    permissions: ['tenant:read', 'member:*', 'invitation:*', 'role:*', 'invoice:read', 'invoice:approve'],
  },
  clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'member:read', 'invoice:read', 'invoice:create'] },
}

describe('rules as a host declares them', () => {
  for (const { sentence, check } of permissionProperties({ resources, roles })) test(sentence, check)

  test('keep all laws at once', () =>
    checkPermissionProperties({ resources, roles }, { monotone: ['viewer', 'member', 'admin', 'owner'] }))
})

test('resources that say what owning permits, and that allow no wildcards, keep all laws', () => {
  const declared = {
    memo: { verbs: ['read', 'update', 'submit', 'approve'], owner: ['read', 'submit'], allowWildcards: false },
    ...resources,
  }
  const reader = { rank: 12, name: 'Reader', permissions: ['*:read', 'memo:read'] }
  return checkPermissionProperties({ resources: declared, roles: { ...roles, reader } })
})

describe('rules that break laws', () => {
  const viewer = { rank: 10, name: 'Viewer', permissions: ['invoice:read', 'invoice:update'] }

  test('are told all at once, a line for each law', async () => {
    const broken = { resources, roles: { viewer, clerk: roles.clerk } }
    const error = await checkPermissionProperties(broken, { runs: 20, monotone: ['viewer', 'clerk'] }).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ errors: [{ message: expect.any(String) }, { message: expect.any(String) }] })
    expect(String(error)).toContain(`2 of ${permissionProperties({}).length} laws are broken:`)
    expect(String(error)).toContain(
      '- a viewer never changes anything: a viewer may do invoice:update on a resource of',
    )
    expect(String(error)).toContain('a clerk (rank 15) may not do invoice:update, which a viewer (rank 10) may')
  })
})

test.each([{ viewers: ['guest'] }, { unrestricted: ['boss'] }, { monotone: ['viewer', 'boss'] }])(
  'the options %j name a role that is not there',
  (options) => {
    expect(() => permissionProperties({ resources, roles }, options)).toThrow(/is no role that is declared/)
  },
)

test('a host without resources or custom roles keeps all laws', () => checkPermissionProperties({}, { runs: 20 }))

test('every law has an id of its own', () => {
  const ids = permissionProperties({}).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
