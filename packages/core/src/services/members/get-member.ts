import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantQuery } from '../query.js'
import { loadMember } from './load-member.js'

/** One member, active or not. */
export const getMember = tenantQuery({
  input: z.strictObject({ userId: Id }),
  permission: 'member:read',
  run: async ({ context, read, tenantId }, { userId }) =>
    (await loadMember(context, read, { tenantId, userId })).member,
})
