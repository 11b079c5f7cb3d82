import { z } from 'zod'
import { UnixSeconds, WireId } from '../../handler/fields.js'
import { Reply } from '../../handler/route.js'

/** The envelope of every response of this API: `code` is 0 on success. */
export function answerOf<Data extends z.ZodType>(data: Data) {
  return z.object({ code: z.literal(0), message: z.string(), data })
}

export function done<Data>(data: Data, message = 'success') {
  return { code: 0 as const, message, data }
}

/** An error of this API that has no error code in the core. */
export function refused(
  { status, code }: { readonly status: number; readonly code: number },
  message: string,
  data: unknown = null,
): Reply {
  return new Reply({ code, message, data }, { status })
}

export const Done = answerOf(z.literal(true))

export const Team = z.object({
  id: WireId,
  name: z.string(),
  owner_id: WireId,
  llm_id: z.string().nullable(),
  embd_id: z.string().nullable(),
  asr_id: z.string().nullable(),
  img2txt_id: z.string().nullable(),
  rerank_id: z.string().nullable(),
  tts_id: z.string().nullable(),
  parser_ids: z.string().nullable(),
  credit: z.number(),
})

export const TeamOfCaller = Team.extend({ role: z.string() })

/** A team that has invited the caller, with only the data that the invitation email contains. */
export const TeamThatInvites = z.object({
  id: WireId,
  name: z.string(),
  role: z.literal('invite'),
  /** The highest role with which the caller can accept. */
  invited_role: z.string(),
})

export const AddedUser = z.object({
  /** The ID of the user. */
  id: WireId,
  email: z.string(),
  nickname: z.string(),
  avatar: z.string(),
  role: z.string(),
})

export const AddResult = z.object({
  added: z.array(AddedUser),
  failed: z.array(z.object({ email: z.string(), error: z.string() })),
})

const Verbs = z.object({ create: z.boolean(), read: z.boolean(), update: z.boolean(), delete: z.boolean() })

export const Permissions = z.object({ dataset: Verbs, canvas: Verbs })

export const Person = z.object({
  id: WireId,
  email: z.string(),
  nickname: z.string(),
  is_superuser: z.boolean(),
})

/** A canvas in a list, with the clients' own fields. `shared_tenant_id` is the team that sees it. */
export const CanvasListed = z.looseObject({
  id: WireId,
  user_id: WireId,
  title: z.string(),
  description: z.string().nullable(),
  permission: z.enum(['me', 'team']),
  shared_tenant_id: WireId.nullable(),
  create_time: UnixSeconds,
  update_time: UnixSeconds,
})

export const Canvas = CanvasListed.extend({ dsl: z.unknown() })
