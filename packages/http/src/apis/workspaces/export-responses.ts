import { createHash } from 'node:crypto'
import type {
  Event,
  ExportedThing,
  ExportRecord,
  Organization,
  OrganizationMember,
  Resource,
  Tenant,
} from '@tenantry/core'
import { isoTime } from '../../handler/fields.js'
import { toProtocolResponse } from './protocol-responses.js'
import { toCommentResponse, toListedMemberResponse } from './responses.js'

/** The API's name of each kind of record. */
const KINDS = {
  organization: 'organization',
  organization_member: 'organization_member',
  tenant: 'workspace',
  member: 'member',
  resource: 'protocol',
  comment: 'comment',
  event: 'audit_event',
} as const satisfies Record<ExportedThing['kind'], string>

/** The kind of a resource other than a protocol. */
const OTHER = 'resource'

type Wire = Readonly<Record<string, unknown>> & { readonly kind: string }

/** The records as lines of JSON in this API's format, followed by a manifest of these lines. */
export async function* exportLines(records: AsyncIterable<ExportRecord>): AsyncGenerator<string, void, undefined> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = Object.fromEntries([...Object.values(KINDS), OTHER].map((kind) => [kind, 0]))
  for await (const record of records) {
    if (record.kind === 'manifest') {
      const manifest = { organization_id: record.data.organizationId, counts, sha256: hash.digest('hex') }
      yield lineOf({ kind: 'manifest', ...manifest })
      return
    }
    const wire = present(record)
    counts[wire.kind] = (counts[wire.kind] ?? 0) + 1
    const line = lineOf(wire)
    hash.update(line)
    yield line
  }
}

const lineOf = (wire: Wire) => `${JSON.stringify(wire)}\n`

function present(record: ExportedThing): Wire {
  const kind = KINDS[record.kind]
  switch (record.kind) {
    case 'organization':
      return { kind, ...toOrganizationResponse(record.data) }
    case 'organization_member':
      return { kind, ...toOrganizationMemberResponse(record.data) }
    case 'tenant':
      return { kind, ...toWorkspaceResponse(record.data) }
    case 'member':
      return { kind, workspace_id: record.data.tenantId, ...toListedMemberResponse(record.data) }
    case 'resource':
      return toResourceResponse(record.data)
    case 'comment': {
      const { tenantId, resourceType, resourceId } = record.data
      const about = { workspace_id: tenantId, resource_type: resourceType, resource_id: resourceId }
      return { kind, ...about, ...toCommentResponse(record.data) }
    }
    case 'event':
      return { kind, ...toEventResponse(record.data) }
  }
}

function toOrganizationResponse({ id, shortName, displayName, createdAt }: Organization) {
  return { id, short_name: shortName, name: displayName, created_on: isoTime(createdAt) }
}

function toOrganizationMemberResponse({ user, active, admin, createdAt }: OrganizationMember) {
  return { id: user.id, name: user.name, email: user.email, active, admin, joined_on: isoTime(createdAt) }
}

function toWorkspaceResponse(tenant: Tenant) {
  const { id, name, slug, type, description, status, plan, ownerId, joinPolicy, settings, createdAt } = tenant
  const about = { id, name, slug, type, description, status, plan, owner_id: ownerId }
  return { ...about, settings: { ...settings, join_policy: joinPolicy }, created_on: isoTime(createdAt) }
}

function toResourceResponse(resource: Resource): Wire {
  const { tenantId, type, attributes, labels, sizeBytes } = resource
  const { content_format: _, description, steps, categories, tags, ...common } = toProtocolResponse(resource)
  const place = { workspace_id: tenantId }
  if (type === 'protocol') return { kind: KINDS.resource, ...place, ...common, categories, tags, description, steps }
  return { kind: OTHER, ...place, type, ...common, attributes, labels, size_bytes: sizeBytes }
}

function toEventResponse(event: Event) {
  const { scope, id, seq, type, actorId, target, at, ip, data, previousHash, hash } = event
  return {
    workspace_id: 'tenantId' in scope ? scope.tenantId : null,
    ...{ id, seq, type, actor_id: actorId, target, ip, data, hash },
    previous_hash: previousHash,
    created_on: isoTime(at),
  }
}
