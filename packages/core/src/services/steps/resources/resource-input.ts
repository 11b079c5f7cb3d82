import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'

import type { Context } from '../../pipeline/context.js'

/** How every call names a resource: by the type, which the host declares, and the id. */
export const ResourceName = z.strictObject({ type: z.string(), id: Id })

/** Refuses a type that the host does not declare. */
export function requireType({ policy }: Pick<Context, 'policy'>, type: string): string {
  if (Object.hasOwn(policy.resources, type)) return type
  throw new TenancyError('invalid_input', 'type: is not a resource that is declared', { field: 'type' })
}
