import type { Resource } from '@tenantry/core'
import { z } from 'zod'
import type { Call } from '../../../handler/route.js'
import { saysWho } from '../../../handler/unknown-fields.js'
import { AnyId, firstKnown } from '../ids.js'
import { TYPE } from './canvas-type.js'

export const Dsl = z.union([z.record(z.string(), z.unknown()), z.string()])

/** The visibility of a canvas, and its title. */
const fields = {
  title: z.string().max(1000).optional(),
  description: z.string().max(2000).optional(),
  permission: z.enum(['me', 'team']).optional(),
  shared_tenant_id: AnyId.optional(),
}

/** Fields of a response that clients may send back unchanged. */
const ANSWERED = ['create_time', 'update_time']

/**
 * A canvas as clients send it. Undeclared fields belong to the client and are stored, unless their names suggest
 * identity or authorization.
 */
export function canvasBody<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.looseObject({ ...fields, ...shape }).superRefine((canvas, context) => {
    const known = Object.keys({ ...fields, ...shape })
    const [refused] = Object.keys(canvas).filter((name) => !known.includes(name) && saysWho(name))
    if (refused === undefined) return
    context.addIssue({ code: 'custom', path: [refused], message: 'is not a field that a canvas can keep' })
  })
}

type Given = z.output<z.ZodObject<typeof fields>> & { readonly [name: string]: unknown }

/** Converts a change to the core's input. */
export interface CanvasChanges {
  readonly name?: string | undefined
  readonly attributes?: Resource['attributes'] | undefined
  readonly visibility?: 'private' | 'tenant' | undefined
  readonly tenantId?: string | undefined
}

/** Writes the fields in the core's format. The team's ID may have any form. */
export function withChanges<Result>(
  { title, permission, shared_tenant_id, ...kept }: Given,
  write: (changes: CanvasChanges) => Promise<Result>,
): Promise<Result> {
  const named = Object.entries(kept).filter(([name, value]) => value !== undefined && !ANSWERED.includes(name))
  // The body was parsed from JSON, so its fields are JSON values.
  const attributes = Object.fromEntries(named) as Resource['attributes']
  const changes = {
    name: title,
    attributes: named.length === 0 ? undefined : attributes,
    visibility: permission && ({ me: 'private', team: 'tenant' } as const)[permission],
  }
  if (!shared_tenant_id) return write(changes)
  return firstKnown(shared_tenant_id, 'tenant_not_found', (tenantId) => write({ ...changes, tenantId }))
}

/** Changes the canvas with this ID, in any form. */
export function updateCanvas({ as }: Pick<Call, 'as'>, forms: z.output<typeof AnyId>, given: Given): Promise<Resource> {
  return firstKnown(forms, 'resource_not_found', (id) =>
    withChanges(given, (changes) => as.resources.update({ type: TYPE, id, ...changes })),
  )
}
