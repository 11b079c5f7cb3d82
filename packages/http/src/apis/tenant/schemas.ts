import { z } from 'zod'
import { IsoTime, WireId } from '../../handler/fields.js'

const Count = z.int().nonnegative()
const Bytes = z.number().nonnegative()

/** The response to a change. The text is for people and may change. */
export const Message = z.object({ message: z.string() })

export const Tenant = z.object({ id: WireId, displayName: z.string(), createdAt: IsoTime, plan: z.string() })

/** Counters of the host are added as further fields. */
export const TenantStatistics = z
  .object({ processCount: Count, datasetCount: Count, userCount: Count, storageUsedBytes: Bytes })
  .catchall(z.number())

const Person = z.object({
  id: WireId,
  email: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  createdAt: IsoTime,
  lastLoginAt: IsoTime.nullable(),
})

const InOrganization = {
  organizationId: WireId.nullable(),
  isActiveInOrganization: z.boolean(),
  isAdminInOrganization: z.boolean(),
}

/** A member of a tenant. `createdAt` is the time the account was created. */
export const TenantUser = Person.extend({
  tenantId: WireId,
  isActiveInTenant: z.boolean(),
  isAdminInTenant: z.boolean(),
  isDeveloperInTenant: z.boolean(),
  ...InOrganization,
})

export const Organization = z.object({ id: WireId, displayName: z.string(), createdAt: IsoTime })

export const OrganizationStatistics = z.object({
  tenantCount: Count,
  totalProcessCount: Count,
  totalDatasetCount: Count,
  totalUserCount: Count,
  totalStorageUsedBytes: Bytes,
})

/** A tenant, as the admins of its organization see it. */
export const OrganizationTenant = Tenant.extend({
  shortName: z.string().nullable(),
  description: z.string().nullable(),
})

export const OrganizationUser = Person.extend(InOrganization)
