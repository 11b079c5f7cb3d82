import { imageSetting } from '@tenantry/core'
import type { Preset } from '@tenantry/core'
import { z } from 'zod'

/** The branding settings of a workspace. */
const settings = z.object({ removeBranding: z.boolean().default(false), logoId: imageSetting() })

const IN_TENANT = ['tenant:read', 'member:read', 'role:read'] as const

/** The roles of a workspace, in addition to the built-in ones. */
const roles = {
  editor: {
    rank: 30,
    name: 'Editor',
    names: { 'zh-Hans': '编辑者' },
    permissions: [...IN_TENANT, '*:create', '*:read', '*:update', '*:delete', '*:comment'],
  },
  dataset_operator: {
    rank: 20,
    name: 'Dataset operator',
    names: { 'zh-Hans': '数据集操作员' },
    permissions: [...IN_TENANT, 'dataset:*'],
  },
} as const

/**
 * The options that the `console` API needs: the roles `editor` and `dataset_operator`, the resource `dataset`, and the
 * branding settings. The API calls a member `normal` and a viewer `read_only`, so no role can have these keys.
 */
export function consolePreset() {
  return {
    resources: { dataset: ['create', 'read', 'update', 'delete'] },
    roles,
    reservedRoles: ['normal', 'read_only'],
    settings,
  } as const satisfies Preset
}
