import { mergePresets } from '@tenantry/core'
import { consolePreset } from '../apis/console/preset.js'
import { openapiPreset } from '../apis/openapi/preset.js'
import { teamsPreset } from '../apis/teams/preset.js'
import type { TeamsPresetOptions } from '../apis/teams/preset.js'
import { tenantPreset } from '../apis/tenant/preset.js'
import { workspacesPreset } from '../apis/workspaces/preset.js'

/** The options that a tenancy needs for all APIs. */
export function everyPreset(options: TeamsPresetOptions = {}) {
  return mergePresets(consolePreset(), openapiPreset(), tenantPreset(), teamsPreset(options), workspacesPreset())
}
