import { z } from 'zod'
import { IsoTime, WireId } from '../../handler/fields.js'

const Type = z.enum(['personal', 'group', 'institution'])

export const JoinPolicy = z.enum(['closed', 'request', 'open'])

export const WorkspaceListed = z.object({
  id: WireId,
  name: z.string(),
  type: Type,
  members_count: z.int(),
  access_level: z.string(),
  created_on: IsoTime,
})

/** A member, as responses to joining and workspace details show it. */
export const Member = z.object({
  id: WireId,
  name: z.string().nullable(),
  email: z.string(),
  role: z.string(),
  joined_on: IsoTime,
  active: z.boolean(),
})

export const MemberListed = Member.extend({ last_active_on: IsoTime.nullable() })

/** The public part of a workspace whose join policy is not `closed`, which every signed-in user may read. */
export const PublicWorkspace = z.object({
  id: WireId,
  name: z.string(),
  type: Type,
  description: z.string().nullable(),
  members_count: z.int(),
  settings: z.object({ join_policy: JoinPolicy }),
})

/**
 * `members` contains the first fifty, `permissions` are the caller's, and counts include only what the caller may read.
 */
export const WorkspaceDetail = PublicWorkspace.extend({
  created_on: IsoTime,
  members: z.array(Member),
  permissions: z.array(z.string()),
  protocols_count: z.int(),
  categories: z.array(z.object({ name: z.string(), count: z.int() })),
})

export const JoinRequest = z.object({
  id: WireId,
  user: z.object({ id: WireId, name: z.string().nullable(), email: z.string(), avatar: z.string().nullable() }),
  message: z.string().nullable(),
  status: z.enum(['pending', 'approved', 'rejected', 'withdrawn', 'superseded']),
  created_on: IsoTime,
})

export const Step = z.object({ title: z.string().nullable(), text: z.string() })

const Protocol = z.object({
  id: WireId,
  title: z.string(),
  categories: z.array(z.string()),
  tags: z.array(z.string()),
  visibility: z.enum(['workspace', 'private']),
  owner_id: WireId,
  created_on: IsoTime,
  modified_on: IsoTime,
  last_activity_on: IsoTime,
})

/** A protocol as structured parts. Each text is Markdown. */
export const ProtocolInParts = Protocol.extend({
  content_format: z.literal('json'),
  description: z.string(),
  steps: z.array(Step),
})

/** A protocol as one text. */
const ProtocolAsText = Protocol.extend({ content_format: z.enum(['html', 'markdown']), content: z.string() })

export const ProtocolInFormat = z.union([ProtocolInParts, ProtocolAsText])

export const Comment = z.object({
  id: WireId,
  author: z.object({ id: WireId, name: z.string().nullable(), avatar: z.string().nullable() }),
  text: z.string(),
  created_on: IsoTime,
})

/** A numbered page. The first page is 0; `next_page` is `null` on the last page. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    items: z.array(row),
    pagination: z.object({
      current_page: z.int(),
      total_pages: z.int(),
      total_results: z.int(),
      page_size: z.int(),
      next_page: z.int().nullable(),
    }),
  })
}
