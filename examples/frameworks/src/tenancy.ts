import { createTenancy, imageSetting, memoryStorage } from '@tenantry/core'
import { fromPath, type ScopeOf } from '@tenantry/http'
import { z } from 'zod'

export const tenancy = createTenancy({
  storage: memoryStorage(),
  settings: z.object({ logoId: imageSetting() }),
  resources: { invoice: ['read', 'approve'] },
})

export const tenant = fromPath('/t/:tenant')

export type Scope = ScopeOf<typeof tenancy>

/** The response of your own route, in each framework. */
export function invoicesOf({ tenant, access }: InvoiceScope) {
  return { tenant: tenant.name, mayApprove: access.can('invoice:approve') }
}

interface InvoiceScope {
  readonly tenant: { readonly name: string }
  readonly access: { can(permission: 'invoice:approve'): boolean }
}
