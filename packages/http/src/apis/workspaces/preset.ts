import { BUILT_IN_ROLES } from '@tenantry/core'
import type { Preset } from '@tenantry/core'

const { member } = BUILT_IN_ROLES

/** The options that the `workspaces` API needs: the resource `protocol`, which members create and edit. */
export function workspacesPreset() {
  return {
    resources: { protocol: ['create', 'read', 'update', 'delete', 'comment'] },
    roles: {
      member: { ...member, permissions: [...member.permissions, 'protocol:create', 'protocol:update'] },
    },
  } as const satisfies Preset
}
