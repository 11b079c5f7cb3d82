import { isTenancyError } from '@tenantry/core'
import type {
  AddOrInviteResult,
  InvitationPreview,
  ListedUser,
  Member,
  PermissionTable,
  Resource,
  TenancyError,
  Tenant,
  TenantOfUser,
} from '@tenantry/core'
import type { z } from 'zod'
import { unixSeconds } from '../../handler/fields.js'
import type * as responses from './schemas.js'
import { CREDIT } from './preset.js'

export function toTeamResponse({ id, name, ownerId, settings }: Tenant): z.infer<typeof responses.Team> {
  const text = (key: string) => {
    const value = settings[key]
    return typeof value === 'string' ? value : null
  }
  const credit = settings['credit']
  return {
    id,
    name,
    owner_id: ownerId,
    llm_id: text('llmId'),
    embd_id: text('embdId'),
    asr_id: text('asrId'),
    img2txt_id: text('img2txtId'),
    rerank_id: text('rerankId'),
    tts_id: text('ttsId'),
    parser_ids: text('parserIds'),
    credit: typeof credit === 'number' ? credit : CREDIT,
  }
}

/** The API's name of a role; the core's `member` is called `normal`. */
export function toWireRole(role: string): string {
  return role === 'member' ? 'normal' : role
}

export function fromWireRole(role: 'normal' | 'admin'): string {
  return role === 'normal' ? 'member' : role
}

export function toCallerTeamResponse({ tenant, membership }: TenantOfUser): z.infer<typeof responses.TeamOfCaller> {
  return { ...toTeamResponse(tenant), role: toWireRole(membership.roles[0] ?? '') }
}

export function toInvitationResponse(offer: InvitationPreview): z.infer<typeof responses.TeamThatInvites> {
  return { id: offer.tenantId, name: offer.tenantName, role: 'invite', invited_role: toWireRole(offer.role) }
}

/** Only operators see whether another member is an operator. */
export function toUserResponse({
  id,
  email,
  name,
  superuser = false,
}: Pick<ListedUser, 'id' | 'email' | 'name' | 'superuser'>): z.infer<typeof responses.Person> {
  return { id, email, nickname: name ?? '', is_superuser: superuser }
}

function toAddedResponse({ user, roles }: Member): z.infer<typeof responses.AddedUser> {
  const { id, email, name, avatarUrl } = user
  return { id, email, nickname: name ?? '', avatar: avatarUrl ?? '', role: toWireRole(roles[0] ?? '') }
}

export function toAdditionsResponse(results: readonly AddOrInviteResult[]): z.infer<typeof responses.AddResult> {
  const added = results.flatMap((result) => {
    if (result.status === 'added') return [toAddedResponse(result.member)]
    if (result.status === 'failed') return []
    return [
      { id: result.userId ?? result.invitation.id, email: result.email, nickname: '', avatar: '', role: 'invite' },
    ]
  })
  const failed = results.flatMap((result) =>
    result.status === 'failed' ? [{ email: result.email, error: whyNot(result.error) }] : [],
  )
  return { added, failed }
}

/** The result for one address, in this API's format. */
function whyNot(error: TenancyError): string {
  if (isTenancyError(error, 'invalid_role')) return 'The role must be normal, admin or invite'
  return isTenancyError(error, 'invalid_email') ? 'Invalid email address' : error.message
}

export function toPermissionsResponse(table: PermissionTable): z.infer<typeof responses.Permissions> {
  const row = (resource: string) => {
    const verbs = table[resource]
    const has = (verb: string) => verbs?.[verb] === true
    return { create: has('create'), read: has('read'), update: has('update'), delete: has('delete') }
  }
  return { dataset: row('dataset'), canvas: row('canvas') }
}

/** Includes the clients' own fields, in addition to those of this API. */
export function toListedCanvasResponse(canvas: Resource): z.infer<typeof responses.CanvasListed> {
  const { description, dsl: _, ...kept } = canvas.attributes
  const isShown = canvas.visibility === 'tenant'
  return {
    ...kept,
    id: canvas.id,
    user_id: canvas.ownerId,
    title: canvas.name,
    description: typeof description === 'string' ? description : null,
    permission: isShown ? 'team' : 'me',
    shared_tenant_id: isShown ? canvas.tenantId : null,
    create_time: unixSeconds(canvas.createdAt),
    update_time: unixSeconds(canvas.updatedAt),
  }
}

export function toCanvasResponse(canvas: Resource): z.infer<typeof responses.Canvas> {
  return { ...toListedCanvasResponse(canvas), dsl: canvas.attributes['dsl'] ?? null }
}
