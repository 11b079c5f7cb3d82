import { z } from 'zod'
import { Id } from '../../../model/id.js'
import type { Tenant } from '../../../model/tenant.js'
import { isPublic } from '../../../policy/invariants.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { globalQuery } from '../../pipeline/query.js'

/** What a tenant that lets people in shows to everybody who is signed in. */
export type TenantPreview = Pick<Tenant, 'id' | 'name' | 'type' | 'description' | 'joinPolicy'> & {
  readonly membersCount: number
}

/** The public part of a tenant that takes requests or is open. Any other is answered as one that does not exist. */
export const previewTenant = globalQuery({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async run({ read }, { tenantId }): Promise<TenantPreview> {
    const tenant = await read.tenants.find(tenantId)
    if (tenant?.status !== 'active' || !isPublic(tenant)) throw tenantNotFound()
    const { id, name, type, description, joinPolicy } = tenant
    const membersCount = await read.memberships.count({ tenantId })
    return { id, name, type, description, joinPolicy, membersCount }
  },
})
