import type { AcceptedSurvivor } from './survivor.js'

/** The element that Stryker inserts into an empty list. */
const HERE = '["Stryker was here"]'

type Change = readonly [source: string, changedTo: string, reason: string]

function inPolicy(changes: Readonly<Record<string, readonly Change[]>>): readonly AcceptedSurvivor[] {
  return Object.entries(changes).flatMap(([name, excused]) =>
    excused.map(([source, changedTo, reason]) => {
      return { file: `packages/core/src/policy/${name}`, source, changedTo, reason }
    }),
  )
}

/** Mutants that no test can detect, because they change no observable behavior. */
export const acceptedSurvivors: readonly AcceptedSurvivor[] = [
  ...inPolicy({
    'access-of.ts': [['[]', HERE, 'What is no role has no key, and is found under none.']],
    'access.ts': [['resource !== undefined', 'true', 'A decision about nothing says the same, in more steps.']],
    'authority.ts': [
      ['role.key !== OWNER', 'true', 'No role ranks above the owner’s, so that nobody ranks above it to assign it.'],
    ],
    'decide.ts': [
      ['[]', HERE, 'A name that is none gives nothing, nor does the bit it is taken for: that one is no host’s.'],
      [`'private'`, '""', 'Any visibility but that of the tenant hides a thing.'],
    ],
    'filter.ts': [
      ['bit === undefined', 'false', 'What is no bit is read as the first one, which is no permission of the host’s.'],
      ['[]', HERE, 'Neither is the name of a column.'],
    ],
    'permissions.ts': [['size / 32', 'size * 32', 'A longer mask of the same bits is the same set.']],
    'policy.ts': [
      ['[]', HERE, 'Never read: each of these names has a bit, and there is an owner’s role in every table.'],
      ['roles.get(CEILING)?.rank', 'roles.get(CEILING).rank', 'No table is without the role.'],
      ['roles.get(OWNER)?.mask', 'roles.get(OWNER).mask', 'No table is without the role.'],
    ],
    'who-may.ts': [
      ['bit === undefined', 'false', 'The decision that is asked next refuses an unknown name.'],
      ['ownerId !== null', 'true', 'Where there is no owner, the answer is that there is none, whatever nobody may.'],
      ['false', 'true', 'Who holds one permission by a role alone may the same, full or not.'],
      [`''`, '"Stryker was here!"', 'Neither is the id of a user.'],
    ],
  }),
  {
    file: 'packages/kysely-storage/src/files/files.ts',
    source: `.where('tenant_id', '=', tenantId)`,
    changedTo: '',
    reason: 'The ids read here are only handed to the delete after it, which names the tenant itself.',
  },
  {
    file: 'packages/kysely-storage/src/notifications/notifications.ts',
    source: 'tenant_id = ${tenantId}',
    changedTo: '',
    reason: 'The ids that are removed were picked in the tenant, and no event of another has one of them.',
  },
  {
    file: 'packages/kysely-storage/src/resources/resources.ts',
    source: `.where('shared_with_tenant_id', 'is', null)`,
    changedTo: '',
    reason: 'What is shared is not found by the read before it, and does not change while the tenant is held.',
  },
  {
    file: 'packages/kysely-storage/src/resources/resources.ts',
    source: `.where('shared_with_tenant_id', '=', from)`,
    changedTo: '',
    reason: 'What was found in a tenant is shared with that one, and stays so while both tenants are held.',
  },
]
