import { imageSetting } from '@tenantry/core'
import type { Preset } from '@tenantry/core'
import { z } from 'zod'

/** How a workspace presents itself. */
const settings = z.object({ removeBranding: z.boolean().default(false), logoId: imageSetting() })

/** What the `console` API needs of a tenancy: the settings of how a workspace presents itself. */
export function consolePreset() {
  return { settings } as const satisfies Preset
}
