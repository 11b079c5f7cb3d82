import { z } from 'zod'
import { HostName } from './host-event.js'
import { Id, Moment } from './id.js'

/** Whose chain an event belongs to: a tenant's, an organization's, or, for what happens outside of both, a user's. */
export type EventScope =
  { readonly tenantId: string } | { readonly organizationId: string } | { readonly userId: string }

const TENANCY_TARGETS = z.enum([
  'organization',
  'organization_member',
  'tenant',
  'user',
  'member',
  'role',
  'invitation',
  'join_request',
  'ownership_transfer',
  'access_token',
  'device_authorization',
  'file',
  'email',
  'event',
  'resource',
  'comment',
])

/** What an event is about: a thing of ours, or of the host's, such as `app.invoice`. */
export const EventTarget = z.object({
  type: z.union([TENANCY_TARGETS, HostName], 'must be a type of target, such as member or app.invoice'),
  id: Id,
})
export interface EventTarget extends Readonly<z.infer<typeof EventTarget>> {}

/**
 * One entry of the audit log. `seq` counts from 1 within its scope; `hash` is the SHA-256 (hexadecimal) of the entry's
 * canonical JSON (RFC 8785), `previousHash` included, so that an edit or a gap is found.
 */
export const Event = z.object({
  scope: z.union([
    z.object({ tenantId: Id }).readonly(),
    z.object({ organizationId: Id }).readonly(),
    z.object({ userId: Id }).readonly(),
  ]),
  seq: z.int().positive(),
  id: Id,
  type: z.string(),
  actorId: Id.nullable(),
  target: EventTarget.readonly(),
  at: Moment,
  ip: z.string().nullable(),
  data: z.record(z.string(), z.json()).readonly(),
  previousHash: z.string().nullable(),
  hash: z.string(),
})
export interface Event extends Readonly<z.infer<typeof Event>> {}
