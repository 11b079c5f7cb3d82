import type {
  CommentOfAuthor,
  MemberUser,
  JoinRequestOfApplicant,
  Membership,
  Page,
  Tenant,
  TenantPreview,
} from '@tenantry/core'
import type { z } from 'zod'
import { isoTime, isoTimeOrNull, queryInteger } from '../../handler/fields.js'
import type * as responses from './schemas.js'

interface OfCaller {
  readonly tenant: Tenant
  readonly membership: Pick<Membership, 'roles'>
  readonly membersCount: number | null
}

export function toListedResponse({
  tenant,
  membership,
  membersCount,
}: OfCaller): z.infer<typeof responses.WorkspaceListed> {
  return {
    id: tenant.id,
    name: tenant.name,
    type: tenant.type,
    members_count: membersCount ?? 0,
    access_level: membership.roles[0] ?? '',
    created_on: isoTime(tenant.createdAt),
  }
}

export function toPublicResponse(tenant: TenantPreview): z.infer<typeof responses.PublicWorkspace> {
  return {
    id: tenant.id,
    name: tenant.name,
    type: tenant.type,
    description: tenant.description,
    members_count: tenant.membersCount,
    settings: { join_policy: tenant.joinPolicy },
  }
}

type Joined = Membership & { readonly user: Pick<MemberUser, 'id' | 'name' | 'email' | 'status'> }

export function toMemberResponse({ user, roles, active, createdAt }: Joined): z.infer<typeof responses.Member> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: roles[0] ?? '',
    joined_on: isoTime(createdAt),
    active: active && user.status === 'active',
  }
}

export function toListedMemberResponse(member: Joined): z.infer<typeof responses.MemberListed> {
  return { ...toMemberResponse(member), last_active_on: isoTimeOrNull(member.lastActiveAt) }
}

export function toJoinRequestResponse(request: JoinRequestOfApplicant): z.infer<typeof responses.JoinRequest> {
  const { id, name, email, avatarUrl } = request.applicant
  return {
    id: request.id,
    user: { id, name, email, avatar: avatarUrl },
    message: request.message,
    status: request.status,
    created_on: isoTime(request.createdAt),
  }
}

export function toCommentResponse({ id, author, text, createdAt }: CommentOfAuthor): z.infer<typeof responses.Comment> {
  const by = { id: author.id, name: author.name, avatar: author.avatarUrl }
  return { id, author: by, text, created_on: isoTime(createdAt) }
}

/** The query parameters of a numbered page. */
export const pageQuery = {
  page_size: queryInteger({ maximum: 50, fallback: 10 }),
  page_id: queryInteger({ minimum: 0, maximum: 999_999, fallback: 0 }),
}

interface PageQuery {
  readonly page_size: number
  readonly page_id: number
}

/** Converts a page number to the core's, which starts at 1. */
export function askedPage({ page_size, page_id }: PageQuery) {
  return { limit: page_size, page: page_id + 1 }
}

export function toPageResponse<Row, Wire>(
  { page_size, page_id }: PageQuery,
  { items, total = 0 }: Pick<Page<Row>, 'items' | 'total'>,
  present: (row: Row) => Wire,
) {
  const totalPages = Math.ceil(total / page_size)
  return {
    items: items.map(present),
    pagination: {
      current_page: page_id,
      total_pages: totalPages,
      total_results: total,
      page_size,
      next_page: page_id + 1 < totalPages ? page_id + 1 : null,
    },
  }
}
