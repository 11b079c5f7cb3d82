import { z } from 'zod'
import { IsoTime, WireId } from '../../handler/fields.js'

export const Success = z.object({ result: z.literal('success') })
export const SUCCESS = { result: 'success' } as const

export const Revoked = z.object({ status: z.literal('revoked') })
export const REVOKED = { status: 'revoked' } as const

export const WorkspaceListed = z.object({
  id: WireId,
  name: z.string(),
  role: z.string(),
  status: z.enum(['normal', 'archived']),
  current: z.boolean(),
})

export const WorkspaceDetail = WorkspaceListed.extend({ created_at: IsoTime })

/** A workspace in the response about an account. */
export const WorkspaceOfAccount = WorkspaceListed.pick({ id: true, name: true, role: true })

export const Member = z.object({
  id: WireId,
  name: z.string().nullable(),
  email: z.string(),
  role: z.string(),
  status: z.enum(['active', 'inactive']),
  avatar: z.string().nullable(),
})

export const AccountOfSubject = z.object({ id: WireId, email: z.string(), name: z.string().nullable() })

export const Session = z.object({
  id: WireId,
  prefix: z.string(),
  client_id: z.string().optional(),
  device_label: z.string().optional(),
  created_at: IsoTime,
  last_used_at: IsoTime.nullable(),
  expires_at: IsoTime,
})

/** A numbered page. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ page: z.int(), limit: z.int(), total: z.int(), has_more: z.boolean(), data: z.array(row) })
}
