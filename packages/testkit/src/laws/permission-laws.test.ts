import { describe, expect, test } from 'vitest'
import { checkPermissionLaws, permissionLaws } from './permission-laws.js'

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
  for (const { sentence, check } of permissionLaws({ resources, roles })) test(sentence, check)

  test('keep all laws at once', () =>
    checkPermissionLaws({ resources, roles }, { monotone: ['viewer', 'member', 'editor', 'admin', 'owner'] }))
})

describe('rules that break laws', () => {
  const viewer = { rank: 10, name: 'Viewer', permissions: ['invoice:read', 'invoice:update'] }

  test('are told all at once, a line for each law', async () => {
    const broken = { resources, roles: { viewer, clerk: roles.clerk } }
    const error = await checkPermissionLaws(broken, { runs: 20, monotone: ['viewer', 'clerk'] }).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ errors: [{ message: expect.any(String) }, { message: expect.any(String) }] })
    expect(String(error)).toContain(`2 of ${permissionLaws({}).length} laws are broken:`)
    expect(String(error)).toContain(
      '- a viewer never changes anything: a viewer may do invoice:update on a resource of',
    )
    expect(String(error)).toContain('a clerk (rank 15) may not do invoice:update, which a viewer (rank 10) may')
  })

  test('are told with the seed that finds them again', async () => {
    const admin = { rank: 40, name: 'Admin', permissions: ['*:*'] }
    const laws = permissionLaws({ resources, roles: { admin } }, { seed: 7, runs: 200 })
    const law = laws.find(({ id }) => id === 'full-roles-unrestricted')
    await expect(law?.check()).rejects.toThrow('Repeat it with FC_SEED=7 FC_RUNS=200.')
  })
})

test.each([{ viewers: ['guest'] }, { full: ['boss'] }, { monotone: ['viewer', 'boss'] }])(
  'the options %j name a role that is not there',
  (options) => {
    expect(() => permissionLaws({ resources, roles }, options)).toThrow(/is no role that is declared/)
  },
)

test('a host without resources or roles of its own keeps all laws', () => checkPermissionLaws({}, { runs: 20 }))

test('every law has an id of its own', () => {
  const ids = permissionLaws({}).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
