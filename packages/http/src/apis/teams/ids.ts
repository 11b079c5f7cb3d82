import { isTenancyError } from '@tenantry/core'
import type { TenantClient, ErrorCode } from '@tenantry/core'
import { WireId } from '../../handler/fields.js'
import type { Call } from '../../handler/route.js'

/** The forms of an ID to look up: as sent, and as a UUID with and without dashes, in lower case. */
type Forms = readonly [sent: string, dashed: string, plain: string]

const UUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i

/** An ID that may be sent with or without dashes, in any case. */
export const AnyId = WireId.transform((id): Forms => {
  const parts = UUID.exec(id)?.slice(1)
  if (!parts) return [id, id, id]
  return [id, parts.join('-').toLowerCase(), parts.join('').toLowerCase()]
})

/** Calls with each form of an ID in turn until one is found. */
export async function firstKnown<Form, Result>(
  forms: readonly Form[],
  missing: ErrorCode,
  call: (form: Form) => Promise<Result>,
): Promise<Result> {
  const [first, ...others] = distinct(forms)
  if (first === undefined) throw new TypeError('an id has a form')
  try {
    return await call(first)
  } catch (error) {
    if (others.length > 0 && isTenancyError(error, missing)) return firstKnown(others, missing, call)
    throw error
  }
}

function distinct<Form>(forms: readonly Form[]): readonly Form[] {
  return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()]
}

/** Runs a call in the team with this ID. */
export function inTeam<Result>(
  { enter }: Pick<Call, 'enter'>,
  forms: Forms,
  use: (team: TenantClient) => Promise<Result>,
): Promise<Result> {
  return firstKnown(forms, 'tenant_not_found', (id) => use(enter(id)))
}

/** Runs a call for a member of a team, both given by ID. */
export function onMember<Result>(
  call: Pick<Call, 'enter'>,
  { tenant_id, user_id }: { readonly tenant_id: Forms; readonly user_id: Forms },
  use: (team: TenantClient, userId: string) => Promise<Result>,
): Promise<Result> {
  return inTeam(call, tenant_id, (team) => firstKnown(user_id, 'member_not_found', (userId) => use(team, userId)))
}

/** Runs a call for an account given by ID: the caller's own, in any form, or another one. */
export function onAccount<Result>(
  { actor }: Pick<Call, 'actor'>,
  forms: Forms,
  use: (userId: string) => Promise<Result>,
): Promise<Result> {
  const own = 'userId' in actor ? forms.find((form) => form === actor.userId) : undefined
  return firstKnown(own === undefined ? forms : [own], 'user_not_found', use)
}

/** Runs a call for a list of IDs that all have the same form. */
export function inSameForm(ids: readonly Forms[]): readonly (readonly string[])[] {
  return ([0, 1, 2] as const).map((form) => ids.map((forms) => forms[form]))
}
