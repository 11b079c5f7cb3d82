import { z } from 'zod'
import { UnixSeconds, WireId } from '../../handler/fields.js'

export const Success = z.object({ result: z.literal('success') })
export const SUCCESS = { result: 'success' } as const

const WorkspaceStatus = z.enum(['normal', 'archived'])

/** A workspace in the operators' list. */
export const WorkspaceSummary = z.object({
  id: WireId,
  name: z.string(),
  status: WorkspaceStatus,
  created_at: UnixSeconds,
})

/** A workspace in the caller's list. */
export const WorkspaceListed = WorkspaceSummary.extend({ plan: z.string(), role: z.string(), current: z.boolean() })

/** A workspace, as its members see it. */
export const WorkspaceDetail = WorkspaceSummary.extend({
  plan: z.string(),
  role: z.string(),
  custom_config: z.object({ remove_webapp_brand: z.boolean(), replace_webapp_logo: z.string().nullable() }),
})

/** A member. `created_at` is when they joined. */
export const Account = z.object({
  id: WireId,
  name: z.string().nullable(),
  email: z.string(),
  avatar: z.string().nullable(),
  role: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['active', 'inactive']),
  last_login_at: UnixSeconds.nullable(),
  last_active_at: UnixSeconds.nullable(),
  created_at: UnixSeconds,
})

/** A role. `custom`: the workspace created it. `unrestricted`: no override restricts its holders. */
export const Role = z.object({
  key: z.string(),
  name: z.string(),
  rank: z.int(),
  permissions: z.array(z.string()),
  unrestricted: z.boolean(),
  custom: z.boolean(),
})

export const Invitation = z.object({
  id: WireId,
  email: z.string(),
  role: z.string(),
  status: z.enum(['pending', 'accepted', 'declined', 'revoked']),
  invited_by: WireId,
  created_at: UnixSeconds,
  expires_at: UnixSeconds,
})

export const InvitationResult = z.discriminatedUnion('status', [
  // `url` is null if the host only sends links by email.
  z.object({ status: z.literal('success'), email: z.string(), url: z.string().nullable() }),
  z.object({ status: z.literal('failed'), email: z.string(), code: z.string(), message: z.string() }),
])

export const AuditEvent = z.object({
  id: WireId,
  type: z.string(),
  actor: WireId.nullable(),
  target: z.object({ type: z.string(), id: WireId }),
  at: UnixSeconds,
  ip: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

/** The fields of a numbered page other than its rows. */
export const PageFacts = z.object({ has_more: z.boolean(), limit: z.int(), page: z.int(), total: z.int() })
