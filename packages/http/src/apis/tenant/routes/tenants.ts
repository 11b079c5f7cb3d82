import { z } from 'zod'
import { wireLine } from '../../../handler/fields.js'
import { Tenant, TenantStatistics } from '../schemas.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { toTenantResponse, toTotalsResponse } from '../responses.js'

const tag = 'Tenant'
const path = '/tenant/{tenantId}'

/**
 * Counts the host's data of a tenant. Each number is added to the one of the same name in `GET
 * /tenant/{tenantId}/statistics`, or becomes a new field. Called only for callers who may see the statistics.
 */
export type CountForTenant = (tenantId: string) => Promise<Readonly<Record<string, number>>>

const getTenant = tenantRoute({
  method: 'GET',
  path,
  summary: 'A tenant of the caller',
  tag,
  params: TenantParams,
  response: Tenant,
  run: async ({ tenant }) => toTenantResponse((await tenant.get()).tenant),
})

const renameTenant = tenantRoute({
  method: 'PUT',
  path,
  summary: 'Rename the tenant',
  tag,
  params: TenantParams,
  body: z.strictObject({ displayName: wireLine(100).min(1) }),
  example: { displayName: 'New Company Name' },
  response: Tenant,
  run: async ({ tenant, body }) => toTenantResponse(await tenant.update({ name: body.displayName })),
})

const getStatistics = (countForTenant: CountForTenant | undefined) =>
  tenantRoute({
    method: 'GET',
    path: `${path}/statistics`,
    summary: 'What the tenant holds, and how many active members it has',
    tag,
    params: TenantParams,
    response: TenantStatistics,
    async run({ tenant }) {
      const { resources, activeMembers } = await tenant.resources.statistics()
      const { processes, datasets, bytes } = toTotalsResponse(resources)
      const own = {
        processCount: processes,
        datasetCount: datasets,
        userCount: activeMembers,
        storageUsedBytes: bytes,
      }
      const more = Object.entries((await countForTenant?.(tenant.tenantId)) ?? {})
      const sums = more.map(([name, count]) => [name, count + (new Map(Object.entries(own)).get(name) ?? 0)] as const)
      return { ...own, ...Object.fromEntries(sums) }
    },
  })

export const tenantRoutes = (countForTenant: CountForTenant | undefined) => [
  getTenant,
  renameTenant,
  getStatistics(countForTenant),
]
