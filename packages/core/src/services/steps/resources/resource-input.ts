import canonicalize from 'canonicalize'
import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { Attributes } from '../../../model/resource.js'
import type { Resource } from '../../../model/resource.js'
import type { Context } from '../../pipeline/context.js'

/** How every call names a resource: by the type, which the host declares, and the id. */
export const ResourceName = z.strictObject({ type: z.string(), id: Id })

/** Refuses a type that the host does not declare. */
export function requireType({ policy }: Pick<Context, 'policy'>, type: string): string {
  if (Object.hasOwn(policy.resources, type)) return type
  throw new TenancyError('invalid_input', 'type: is not a resource that is declared', { field: 'type' })
}

/** What a change was made from: it is refused when somebody has changed the attributes since. */
export const Expected = z.strictObject({ attributes: Attributes })

/** Refuses a change of what is no longer as its maker has read it. */
export function requireExpected(resource: Resource, expected: z.output<typeof Expected> | undefined): void {
  if (!expected || canonicalize(expected.attributes) === canonicalize(resource.attributes)) return
  throw new TenancyError('conflict', 'Somebody has changed this in between; read it again', {})
}
