import { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { Id } from '../../model/id.js'
import { ResourceVisibility } from '../../model/resource.js'
import type { Resource } from '../../model/resource.js'
import { isLent } from '../../policy/invariants.js'
import { loadStanding } from '../authorize.js'
import type { Outcome } from '../outcome.js'
import { homesOf } from '../tenants/homes-of.js'
import { giveBack } from './give-back.js'
import { requireHeld } from './held-tenants.js'
import { authorizeCreation, requireMembership } from './load-resource.js'
import type { OwnStep } from './own-command.js'
import { lend, showHere } from './share-resource.js'
import { hide } from './unshare-resource.js'

/** Who shall see a resource of one's own: nobody, or a tenant. */
export const placeFields = {
  visibility: ResourceVisibility.optional(),
  /** The tenant that sees it. Default: the oldest team that its owner owns, or else its home. */
  tenantId: Id.optional(),
}

interface Wanted {
  readonly visibility?: 'private' | 'tenant' | undefined
  readonly tenantId?: string | undefined
}

/** Refuses a tenant for what nobody else sees. */
export function checkPlace({ visibility, tenantId }: Wanted): void {
  if (tenantId === undefined || visibility === 'tenant') return
  throw new TenancyError('invalid_input', 'tenantId: is for what a tenant sees', { field: 'tenantId' })
}

/** Whether a resource is seen by others than shall see it. A tenant that is not named stays the one it is. */
export function isElsewhere(resource: Resource, { visibility, tenantId }: Wanted): boolean {
  const isShown = resource.visibility === 'tenant'
  if ((visibility ?? resource.visibility) === 'private') return isShown
  return !isShown || (tenantId ?? resource.tenantId) !== resource.tenantId
}

/** Brings one's own resource to where it shall be seen. The owner must be able to make one like it there. */
export async function moveTo(step: OwnStep, resource: Resource, wanted: Wanted): Promise<Outcome<Resource>> {
  const events: NewEvent[] = []
  let current = resource
  const apply = ({ result, events: told }: Outcome<Resource>) => {
    current = result
    events.push(...told)
  }
  const isPrivate = (wanted.visibility ?? resource.visibility) === 'private'
  const to = isPrivate ? null : await placeFor(step, resource, wanted.tenantId)
  if (isLent(resource)) {
    const { resource: result, events: told } = await giveBack(step, resource)
    apply({ result, events: told })
  } else if (to !== resource.tenantId) apply(await hide(step, resource))
  if (to === resource.homeTenantId) apply(await showHere(step, current))
  else if (to !== null) apply(await lend(step, current, to))
  return { result: current, events }
}

/** The tenant that shall see it. Its owner works at home and there, and may make one like it where it is lent to. */
async function placeFor(step: OwnStep, { homeTenantId, type }: Resource, named: string | undefined): Promise<string> {
  const { context, tx, user } = step
  const tenantId = named ?? (await homesOf(tx, user.id)).team?.id ?? homeTenantId
  requireHeld(step, [tenantId, homeTenantId])
  const home = await loadStanding(context, tx, { tenantId: homeTenantId, userId: user.id })
  if (tenantId === homeTenantId) return tenantId
  const standing = await loadStanding(context, tx, { tenantId, userId: user.id })
  authorizeCreation({ context, tenantId, subject: standing.subject }, type)
  for (const place of [home, standing]) requireMembership(place)
  return tenantId
}
