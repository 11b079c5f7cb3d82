import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { isImageSetting } from '../../../model/image-setting.js'
import { Settings } from '../../../model/tenant.js'
import { parseInput } from '../../pipeline/parse-input.js'
import type { TenantSettings } from '../../pipeline/tenant-settings.js'

/**
 * Reads the host's schema of settings.
 *
 * @throws {TypeError} for what is no schema of an object, and for a setting that is neither optional nor has a default.
 */
export function compileSettings(schema?: z.ZodObject): TenantSettings {
  if (schema !== undefined && !(typeof schema.strip === 'function' && typeof schema.shape === 'object'))
    throw new TypeError('settings: needs a schema of zod, such as z.object({ theme: z.string().default("light") })')
  const known = (schema ?? z.object({})).strip()
  const keys = Object.keys(known.shape)
  const defaults = defaultsOf(known)
  const fields: Readonly<Record<string, z.core.$ZodType>> = known.shape
  return {
    keys,
    images: keys.filter((key) => isImageSetting(fields[key])),
    defaults,
    read(stored) {
      const whole = known.safeParse(stored)
      if (whole.success) return whole.data
      const unfit = new Set(whole.error.issues.map(({ path }) => path[0]))
      const rest = known.safeParse(without(stored, (key) => unfit.has(key)))
      return rest.success ? rest.data : defaults
    },
    toStored: (settings, before = {}) => ({
      ...without(before, (key) => keys.includes(key)),
      ...without(
        settings,
        (key, value) => Object.hasOwn(defaults, key) && JSON.stringify(value) === JSON.stringify(defaults[key]),
      ),
    }),
    change(settings, changes) {
      const given = without(changes, (_, value) => value === undefined)
      const unknown = Object.keys(given).find((key) => !keys.includes(key))
      if (unknown !== undefined) throw noSuchSetting(unknown, schema !== undefined)
      const set = without(given, (_, value) => value === null)
      const merged = { ...without(settings, (key) => Object.hasOwn(given, key)), ...set }
      const parsed = parseInput(z.object({ settings: known }), { settings: merged })
      const bounded = parseInput(z.object({ settings: Settings }), parsed)
      return { settings: bounded.settings, named: without(bounded.settings, (key) => !Object.hasOwn(set, key)) }
    },
  }
}

function defaultsOf(known: z.ZodObject): Settings {
  const parsed = known.pipe(Settings).safeParse({})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new TypeError(`settings: "${issue?.path.join('.')}" needs a default, or to be optional: ${issue?.message}`)
}

function noSuchSetting(key: string, isDeclared: boolean): TenancyError {
  const field = `settings.${key}`.slice(0, 150)
  const problem = isDeclared ? 'there is no such setting' : 'needs a schema: createTenancy({ settings })'
  return new TenancyError('invalid_input', `${field}: ${problem}`, { field })
}

function without(settings: Settings, leaves: (key: string, value: unknown) => boolean): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => !leaves(key, value)))
}
