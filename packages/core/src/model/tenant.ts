import { z } from 'zod'
import { Id, ILL_FORMED, line, Moment, text, WELL_FORMED } from './id.js'
import { jsonObject } from './json-object.js'

/** `active` is the only status in which members may act; an archived tenant can be restored by its owner. */
export const TenantStatus = z.enum(['active', 'suspended', 'archived', 'deleted'])
export type TenantStatus = z.infer<typeof TenantStatus>

/**
 * What a tenant is for. A `personal` one is made with an account, is its owner's alone, and stays closed. It never
 * becomes another type.
 */
export const TenantType = z.enum(['personal', 'group', 'institution'])
export type TenantType = z.infer<typeof TenantType>

/**
 * Who may come in without being invited: nobody (`closed`, and then nobody outside knows of the tenant), whoever a
 * manager approves (`request`), or everybody (`open`).
 */
export const JoinPolicy = z.enum(['closed', 'request', 'open'])
export type JoinPolicy = z.infer<typeof JoinPolicy>

export const TenantName = line(100)

/** What a tenant says about itself to those it lets in. */
export const TenantDescription = text(2000)

/** How the ids of tenants look: whoever looks a tenant up by either must not find one by the other's. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The tenant's name in URLs: lower-case letters, digits and single dashes, unique in the installation. It never has the
 * form of a UUID.
 */
export const Slug = z
  .string()
  .regex(/^(?=.{2,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'must be 2 to 63 of a-z, 0-9 and single dashes')
  .refine((slug) => !UUID.test(slug), 'must not have the form of an id')

/** What a tenant sets about itself. The host's schema knows more of it. */
export type Settings = Readonly<Record<string, unknown>>

/** A JSON object of at most 16 KiB as text, 4 levels deep, of well-formed text. */
export const Settings = jsonObject({ kibibytes: 16, levels: 4 })
  .superRefine((settings, context) => {
    const key = Object.keys(settings).find((one) => !isWellFormed([one, settings[one]]))
    if (key !== undefined) context.addIssue({ code: 'custom', path: [key], message: ILL_FORMED })
  })
  .transform((json): Settings => json)

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return WELL_FORMED.test(value)
  return typeof value !== 'object' || value === null || Object.entries(value).flat().every(isWellFormed)
}

/**
 * A customer of the host: the wall inside which its members work. `ownerId` is always an active member. `deletedAt` is
 * when a deleted tenant was deleted, `null` for every other.
 */
export const Tenant = z.object({
  id: Id,
  name: TenantName,
  slug: Slug.nullable(),
  type: TenantType,
  joinPolicy: JoinPolicy,
  description: TenantDescription.nullable(),
  plan: z.string(),
  status: TenantStatus,
  settings: Settings,
  ownerId: Id,
  createdAt: Moment,
  deletedAt: Moment.nullable(),
  organizationId: Id.nullable(),
})

/** A tenant, with its settings as the host's schema types them. */
export interface Tenant<Values = Settings> extends Readonly<Omit<z.infer<typeof Tenant>, 'settings'>> {
  readonly settings: Values
}
