import { createTenancy, memoryStorage } from '@tenantry/core'
import { fromPath, tenancyGuard } from '@tenantry/express-router'
import type { Request } from 'express'
import { userOf } from './session.js'

export const tenancy = createTenancy({ storage: memoryStorage(), resources: { invoice: ['read', 'approve'] } })

export const authenticate = (request: Request) => userOf(request.get('cookie'))

export const guard = tenancyGuard({ tenancy, tenant: fromPath('/t/:tenant'), authenticate })
