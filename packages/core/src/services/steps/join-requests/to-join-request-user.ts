import type { Context } from '../../pipeline/context.js'
import type { TenantScope } from '../../pipeline/command.js'

/** Whose request it is: the one row to hold beside the tenant's. */
export async function toJoinRequestUser(
  { context, tenantId }: TenantScope & { readonly context: Pick<Context, 'storage'> },
  { joinRequestId: id }: { readonly joinRequestId: string },
): Promise<readonly string[]> {
  const request = await context.storage.read.joinRequests.find({ tenantId, id })
  return request ? [request.userId] : []
}
