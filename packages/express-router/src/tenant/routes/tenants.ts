import { z } from 'zod'
import { Tenant, TenantStatistics } from '../answers.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { presentTenant, presentTotals } from '../present.js'

const tag = 'Tenant'
const path = '/tenant/{tenantId}'

const getTenant = tenantRoute({
  method: 'GET',
  path,
  summary: 'A tenant of the caller',
  tag,
  params: TenantParams,
  answer: Tenant,
  run: async ({ tenant }) => presentTenant((await tenant.get()).tenant),
})

const renameTenant = tenantRoute({
  method: 'PUT',
  path,
  summary: 'Rename the tenant',
  tag,
  params: TenantParams,
  body: z.strictObject({ displayName: z.string().trim().min(1).max(100) }),
  answer: Tenant,
  run: async ({ tenant, body }) => presentTenant(await tenant.update({ name: body.displayName })),
})

const getStatistics = tenantRoute({
  method: 'GET',
  path: `${path}/statistics`,
  summary: 'What the tenant holds, and how many active members it has',
  tag,
  params: TenantParams,
  answer: TenantStatistics,
  async run({ tenant }) {
    const { resources, activeMembers } = await tenant.resources.statistics()
    const { processes, datasets, bytes } = presentTotals(resources)
    return { processCount: processes, datasetCount: datasets, userCount: activeMembers, storageUsedBytes: bytes }
  },
})

export const tenantRoutes = [getTenant, renameTenant, getStatistics]
