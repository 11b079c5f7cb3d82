import { mergePresets } from '@tenantry/core'
import { consolePreset } from '../console/preset.js'
import { openapiPreset } from '../openapi/preset.js'
import { teamsPreset } from '../teams/preset.js'
import type { TeamsPresetOptions } from '../teams/preset.js'

/** What a tenancy needs that every API is mounted on. */
export function everyPreset(options: TeamsPresetOptions = {}) {
  return mergePresets(consolePreset(), openapiPreset(), teamsPreset(options))
}
