import type { Preset } from '@tenantry/core'

/** The options of the `openapi` API: its token prefixes. The host may choose others. */
export function openapiPreset() {
  return { tokenPrefixes: { account: 'dfoa_', external: 'dfoe_' } } as const satisfies Preset
}
