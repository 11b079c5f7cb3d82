import type { Preset } from '@tenantry/core'

const CRUD = ['create', 'read', 'update', 'delete'] as const

/** The options that the `tenant` API needs: the role `developer`, and the resources that its statistics count. */
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
