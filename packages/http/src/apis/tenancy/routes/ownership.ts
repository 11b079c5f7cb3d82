import { z } from 'zod'
import { IsoTime, WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { tenantRoute } from '../current-tenant.js'
import { present } from '../responses.js'
import { Tenant } from '../schemas.js'

const tag = 'Ownership'
const Started = z.object({ token: z.string(), expiresAt: IsoTime })
const Verified = Started.extend({ email: z.string() })

const startTransfer = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/ownership/start',
  operationId: 'startOwnershipTransfer',
  summary: 'Start an ownership transfer: emails a code to the owner, and returns the token that goes with it',
  tag,
  body: z.strictObject({ language: z.string().max(35).optional() }),
  example: {},
  response: Started,
  run: async ({ tenant, body }) => present(Started, await tenant.ownership.start(body)),
})

const verifyTransfer = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/ownership/verify',
  operationId: 'verifyOwnershipTransfer',
  summary: 'Verify the code from the email; the returned token replaces the first',
  tag,
  body: z.strictObject({ token: z.string().max(200), code: z.string().max(20) }),
  example: { token: SAMPLE.token, code: SAMPLE.code },
  response: Verified,
  run: async ({ tenant, body }) => present(Verified, await tenant.ownership.verify(body)),
})

const completeTransfer = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/ownership/complete',
  operationId: 'completeOwnershipTransfer',
  summary: 'Complete the transfer: an active member becomes the owner, and the former owner an admin',
  tag,
  body: z.strictObject({ token: z.string().max(200), userId: WireId }),
  example: { token: SAMPLE.token, userId: SAMPLE.id },
  response: Tenant,
  run: async ({ tenant, body }) => present(Tenant, await tenant.ownership.complete(body)),
})

export const ownershipRoutes = [startTransfer, verifyTransfer, completeTransfer]
