import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { Success, SUCCESS } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'

const tag = 'Ownership'
const path = '/workspaces/current/members'
const Token = z.string().max(200)

const startTransfer = workspaceRoute({
  method: 'POST',
  path: `${path}/send-owner-transfer-confirm-email`,
  summary: 'Begin to hand the workspace over: a code goes to the owner’s own address',
  tag,
  body: z.strictObject({ language: z.string().max(35).optional() }),
  example: { language: 'en-US' },
  response: Success.extend({ data: z.string() }),
  async run({ workspace, body }) {
    const { token } = await workspace.ownership.start(body)
    return { ...SUCCESS, data: token }
  },
})

const verifyTransfer = workspaceRoute({
  method: 'POST',
  path: `${path}/owner-transfer-check`,
  summary: 'Give the code from the mail; the answer’s token replaces the first',
  tag,
  body: z.strictObject({ code: z.string().max(20), token: Token }),
  example: { code: SAMPLE.code, token: SAMPLE.token },
  response: z.object({ is_valid: z.literal(true), email: z.string(), token: z.string() }),
  async run({ workspace, body }) {
    const { email, token } = await workspace.ownership.verify(body)
    return { is_valid: true as const, email, token }
  },
})

const completeTransfer = workspaceRoute({
  method: 'POST',
  path: `${path}/{member_id}/owner-transfer`,
  summary: 'Hand the workspace to a member; the old owner stays on as admin',
  tag,
  params: z.strictObject({ member_id: WireId }),
  body: z.strictObject({ token: Token }),
  example: { token: SAMPLE.token },
  response: Success,
  async run({ workspace, params, body }) {
    await workspace.ownership.complete({ userId: params.member_id, token: body.token })
    return SUCCESS
  },
})

export const ownershipRoutes = [startTransfer, verifyTransfer, completeTransfer]
