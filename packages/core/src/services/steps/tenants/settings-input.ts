import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { Settings } from '../../../model/tenant.js'
import type { Context } from '../../pipeline/context.js'

/** Settings by key, which the host's schema checks. */
export const SettingsInput = z.custom<Settings>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
)

/** The settings that a new tenant begins with, and which of them were named. It has no images yet that it could name. */
export function newSettings(
  { settings: { defaults, images, change } }: Pick<Context, 'settings'>,
  given: Settings = {},
): { readonly settings: Settings; readonly named: Settings } {
  const image = images.find((key) => typeof given[key] === 'string')
  const field = `settings.${image}`
  if (image !== undefined) throw new TenancyError('invalid_input', `${field}: no such image`, { field })
  return change(defaults, given)
}
