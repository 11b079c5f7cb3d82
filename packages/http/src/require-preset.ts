import type { Preset, Tenancy } from '@tenantry/core'

type NeedsOf = Pick<Tenancy, 'policy' | 'settingNames'>

/**
 * Throws if the tenancy lacks a role, resource, verb, reserved key or setting of an API's preset. The host may change
 * which permissions a role has, how a setting is validated, and the token prefixes.
 *
 * @throws {TypeError} naming the first missing option and the preset to spread.
 */
export function requirePreset(api: string, preset: Preset, { policy, settingNames }: NeedsOf): void {
  const missing = [
    ...Object.keys(preset.roles ?? {}).flatMap((key) => (policy.roles.has(key) ? [] : [`the role "${key}"`])),
    ...Object.entries(preset.resources ?? {}).flatMap(([name, declared]) => {
      const verbs = Object.hasOwn(policy.resources, name) ? policy.resources[name] : undefined
      if (!verbs) return [`the resource "${name}"`]
      const needed = 'verbs' in declared ? declared.verbs : declared
      return needed.flatMap((verb) => (verbs.includes(verb) ? [] : [`the permission "${name}:${verb}"`]))
    }),
    ...(preset.reservedRoles ?? []).flatMap((key) =>
      policy.reservedRoles.has(key) ? [] : [`the reserved role "${key}"`],
    ),
    ...Object.keys(preset.settings?.shape ?? {}).flatMap((name) =>
      settingNames.includes(name) ? [] : [`the setting "${name}"`],
    ),
  ]
  if (missing.length === 0) return
  const [first = '', ...others] = missing
  const more = others.length === 0 ? '' : ` and ${others.length} more of its preset`
  throw new TypeError(`The API "${api}" needs ${first}${more}: spread ${api}Preset() into createTenancy`)
}
