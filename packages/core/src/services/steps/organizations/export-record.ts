import { createHash } from 'node:crypto'
import type { CommentOfAuthor } from '../../../model/comment.js'
import type { Event } from '../../../model/event.js'
import type { ListedMember } from '../../../model/membership.js'
import type { ListedOrganizationMember, Organization } from '../../../model/organization.js'
import type { Resource } from '../../../model/resource.js'
import type { Tenant } from '../../../model/tenant.js'

/** What an export holds of each kind of thing. Times are milliseconds since 1970. */
export interface ExportData {
  readonly organization: Organization
  readonly organization_member: ListedOrganizationMember
  readonly tenant: Tenant
  readonly member: ListedMember
  readonly resource: Resource
  /** On one of the resources before it. */
  readonly comment: CommentOfAuthor
  /** Of the organization's chain, or of a tenant's. */
  readonly event: Event
}

export type ExportKind = keyof ExportData

/** What makes an export complete: one that was cut short has none. */
export interface ExportManifest {
  readonly organizationId: string
  /** How many records of each kind came before. */
  readonly counts: Readonly<Record<ExportKind, number>>
  /** The SHA-256 (hexadecimal) of the records before, each as `JSON.stringify` writes it, with a line feed behind it. */
  readonly sha256: string
}

/** One thing of an export. */
export type ExportedThing = {
  [Kind in ExportKind]: { readonly kind: Kind; readonly data: ExportData[Kind] }
}[ExportKind]

/** One record of an export: a thing, or at the end the manifest. */
export type ExportRecord = ExportedThing | { readonly kind: 'manifest'; readonly data: ExportManifest }

/** Hands on the things as they come, and the manifest behind the last one. */
export async function* withManifest(
  organizationId: string,
  things: AsyncIterable<ExportedThing>,
): AsyncGenerator<ExportRecord, void, undefined> {
  const hash = createHash('sha256')
  const counts = { organization: 0, organization_member: 0, tenant: 0, member: 0, resource: 0, comment: 0, event: 0 }
  for await (const thing of things) {
    counts[thing.kind]++
    hash.update(`${JSON.stringify(thing)}\n`)
    yield thing
  }
  yield { kind: 'manifest', data: { organizationId, counts, sha256: hash.digest('hex') } }
}
