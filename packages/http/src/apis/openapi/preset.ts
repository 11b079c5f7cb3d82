import type { Preset } from '@tenantry/core'

/** What the `openapi` API brings to a tenancy: how its tokens begin. A host may choose other prefixes. */
export function openapiPreset() {
  return { tokenPrefixes: { account: 'dfoa_', external: 'dfoe_' } } as const satisfies Preset
}
