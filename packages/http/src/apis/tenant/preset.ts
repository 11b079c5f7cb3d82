import type { Preset } from '@tenantry/core'

const CRUD = ['create', 'read', 'update', 'delete'] as const

/** What the `tenant` API needs of a tenancy: the role `developer`, and the resources that its statistics count. */
export function tenantPreset() {
  return {
    resources: { process: CRUD, dataset: CRUD },
    roles: {
      developer: {
        rank: 20,
        name: 'Developer',
        names: { 'zh-Hans': '开发者' },
        permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment', 'process:*'],
      },
    },
  } as const satisfies Preset
}
