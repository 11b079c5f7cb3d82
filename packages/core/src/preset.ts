import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Resources } from './policy/permissions.js'
import type { RoleDefinitions } from './policy/roles.js'
import type { CheckSettings } from './services/pipeline/tenant-settings.js'
import type { TokenPrefixes } from './services/pipeline/token-prefixes.js'
import { requireKnownOptions } from './storage/known-options.js'
import type { KnownOptions } from './storage/known-options.js'

/** Options of `createTenancy` that belong together, such as those that an API needs. A host spreads them. */
export interface Preset {
  readonly resources?: Resources
  readonly roles?: RoleDefinitions
  readonly reservedRoles?: readonly string[]
  readonly settings?: z.ZodObject
  readonly checkSettings?: CheckSettings
  readonly tokenPrefixes?: Partial<TokenPrefixes>
}

const OPTIONS = {
  resources: true,
  roles: true,
  reservedRoles: true,
  settings: true,
  checkSettings: true,
  tokenPrefixes: true,
} as const satisfies Record<keyof Preset, true> & KnownOptions

type PartOf<One, Name extends keyof Preset> = One extends { readonly [Key in Name]: infer Part } ? Part : unknown

/** All that one of several presets has under a name. */
type AllOf<One, Name extends keyof Preset> = (One extends unknown ? (part: PartOf<One, Name>) => void : never) extends (
  all: infer All,
) => void
  ? { readonly [Key in keyof All]: All[Key] }
  : never

/** The fields of the settings that one of several presets has. */
type FieldsOf<One> = (
  One extends unknown
    ? (fields: One extends { readonly settings: z.ZodObject<infer Fields, infer _> } ? Fields : unknown) => void
    : never
) extends (all: infer All) => void
  ? { readonly [Key in keyof All]: All[Key] extends z.ZodType ? All[Key] : never }
  : never

/** What several presets say together. */
export interface MergedPreset<One extends Preset> {
  readonly resources: AllOf<One, 'resources'>
  readonly roles: AllOf<One, 'roles'>
  readonly reservedRoles: readonly string[]
  readonly settings: z.ZodObject<FieldsOf<One>>
  readonly checkSettings?: CheckSettings
  readonly tokenPrefixes: Partial<TokenPrefixes>
}

/**
 * Makes one preset of several. What two of them define must be the same in both: the definition that is to hold is
 * yours to write, over the merged ones.
 *
 * @throws {TypeError} naming what two presets define differently.
 *
 * @example
 * const preset = mergePresets(consolePreset(), teamsPreset())
 * createTenancy({ storage, ...preset, resources: { ...preset.resources, invoice: ['create', 'read'] } })
 */
export function mergePresets<const Presets extends readonly Preset[]>(
  ...presets: Presets
): MergedPreset<Presets[number]> {
  for (const preset of presets) requireKnownOptions('mergePresets', preset, OPTIONS)
  const merged: { readonly [Name in keyof Preset]: unknown } = {
    resources: mergeTables('resource', presets, ({ resources }) => resources),
    roles: mergeTables('role', presets, ({ roles }) => roles),
    reservedRoles: [...new Set(presets.flatMap(({ reservedRoles = [] }) => reservedRoles))],
    settings: z.object(mergeTables('setting', presets, ({ settings }) => fieldsOf(settings))),
    ...mergeChecks(presets),
    tokenPrefixes: mergeTables('token prefix', presets, ({ tokenPrefixes }) => tokenPrefixes),
  }
  // Each table has the rows of all presets, and no other.
  return merged as MergedPreset<Presets[number]>
}

function mergeTables<Row>(
  word: string,
  presets: readonly Preset[],
  tableOf: (preset: Preset) => object | undefined,
): object {
  const merged = new Map<string, Row>()
  for (const [name, definition] of presets.flatMap((one) => Object.entries<Row>({ ...tableOf(one) }))) {
    if (merged.has(name) && !isDeepStrictEqual(merged.get(name), definition))
      throw new TypeError(`mergePresets: two presets define the ${word} "${name}" differently`)
    merged.set(name, definition)
  }
  return Object.fromEntries(merged)
}

/** The fields alone: a rule over several of them would be lost. */
function fieldsOf(settings: z.ZodObject | undefined) {
  if (settings?.def.checks?.length)
    throw new TypeError('mergePresets: the settings of a preset have fields alone; refine the merged schema instead')
  return settings?.shape
}

/** Asks each check in turn, until one has a problem. */
function mergeChecks(presets: readonly Preset[]): Pick<Preset, 'checkSettings'> {
  const checks = presets.flatMap(({ checkSettings }) => checkSettings ?? [])
  if (checks.length === 0) return {}
  return {
    async checkSettings(given) {
      for (const check of checks) {
        const problem = await check(given)
        if (problem) return problem
      }
      return null
    },
  }
}
