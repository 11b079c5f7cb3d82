import { requireKnownOptions, TenancyError } from '@tenantry/core'
import type { Actor, MemberMetadata, Settings, Tenancy, TenantSlug } from '@tenantry/core'
import type { RouterOptions } from '../handler/api.js'
import type { HandlerRequest, RequestFacts } from '../handler/handler.js'
import { identifyCaller } from '../handler/identify-caller.js'
import { originsOf } from '../handler/origins.js'
import type { TenancyScope } from './tenancy-scope.js'
import type { NamedTenant, SourceRequest, TenantSource } from './tenant-sources.js'

/** How a guard identifies callers and finds the tenant of a request. */
export interface GuardOptions<
  Native,
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends Pick<RouterOptions<Native>, 'authenticate' | 'trustedOrigins' | 'publicUrl'> {
  readonly tenancy: Tenancy<Permission, Role, Metadata, Values>
  /** Reads the tenant of a request: `fromPath('/t/:tenant')`, `fromSubdomain('app.example.com')`, or a function. */
  readonly tenant: TenantSource<Native>
}

/** A user and a tenant, for work outside requests, such as a job or a socket. */
export interface OpenForOptions {
  readonly userId: string
  /** The tenant's id, or `{ slug }`. */
  readonly tenant: string | TenantSlug
}

/** Opens scopes without a request. */
export interface OpenFor<Permission extends string, Role extends string, Metadata, Values> {
  /**
   * Opens a scope for a user and a tenant that the host chooses. The user must have all of these permissions there.
   *
   * @throws {TenancyError} `unauthenticated`, `tenant_not_found`, `tenant_not_active` or `forbidden`.
   *
   * @example
   * const { access } = await guard.openFor({ userId, tenant: { slug: 'acme' } }, ['invoice:read'])
   */
  openFor(
    options: OpenForOptions,
    permissions?: readonly Permission[],
  ): Promise<TenancyScope<Permission, Role, Metadata, Values>>
}

/** The basis of every mount's guard. */
export interface Guard<Native, Permission extends string, Role extends string, Metadata, Values> extends OpenFor<
  Permission,
  Role,
  Metadata,
  Values
> {
  /**
   * Identifies the caller and the tenant of a request. The caller must have all of these permissions there.
   *
   * @throws {TenancyError} `unauthenticated`; `tenant_not_found` for an unknown tenant and for one the user is not a
   *   member of; `tenant_not_active`; `forbidden` without a permission.
   */
  open(
    request: HandlerRequest,
    facts: RequestFacts<Native>,
    permissions?: readonly Permission[],
  ): Promise<TenancyScope<Permission, Role, Metadata, Values>>
  /** @throws {TypeError} for a permission that the tenancy does not declare. */
  checkPermissions(permissions: readonly Permission[]): void
}

const KNOWN = { tenancy: true, tenant: true, authenticate: true, trustedOrigins: true, publicUrl: true } as const

/**
 * A framework-independent guard. Loading the access takes one query, and one more if the tenant is named by slug.
 * `mount` is the function name that error messages show.
 *
 * @throws {TypeError} naming the invalid option.
 *
 * @example
 * const guard = createGuard({ tenancy, tenant: fromHeader('x-tenant') })
 */
export function createGuard<
  Native,
  Permission extends string,
  Role extends string,
  Metadata = MemberMetadata,
  Values = Settings,
>(
  options: GuardOptions<Native, Permission, Role, Metadata, Values>,
  mount = 'createGuard',
): Guard<Native, Permission, Role, Metadata, Values> {
  checkGuardOptions(mount, options)
  const { tenancy, tenant: source, authenticate, trustedOrigins, publicUrl } = options
  // Callers are identified only by IDs, so the tenancy's declared names do not matter.
  const anyTenancy = tenancy as unknown as Tenancy
  const identifying = {
    tenancy: anyTenancy,
    origins: originsOf({ trustedOrigins, publicUrl }),
    // The native request is only passed to the host's own function.
    ...(authenticate ? { authenticate: (native: unknown) => authenticate(native as Native) } : {}),
  }
  type Scope = TenancyScope<Permission, Role, Metadata, Values>

  async function enter(actor: Actor, named: NamedTenant, permissions: readonly Permission[]): Promise<Scope> {
    if (!named) throw new TenancyError('tenant_not_found', 'No such tenant', {})
    const access = await tenancy.as(actor).in(named).access()
    const permission = permissions.find((one) => !access.can(one))
    if (permission !== undefined)
      throw new TenancyError('forbidden', `This needs the permission ${permission}`, { permission })
    const { tenant } = access
    const client = tenancy.as(actor).in(tenant.id)
    // Only users reach this line, and the schema that types the settings has parsed them.
    return Object.freeze({ actor, tenant, access, client }) as unknown as Scope
  }

  return {
    async open(request, facts, permissions = []) {
      const { actor } = await identifyCaller(identifying, {}, request, facts)
      if (!('userId' in actor)) throw new TenancyError('unauthenticated', 'Sign in first', {})
      const named = await source(toSourceRequest(request, facts), { tenancy: anyTenancy, actor })
      return enter(actor, named, permissions)
    },
    openFor: async ({ userId, tenant }, permissions = []) => enter({ userId }, tenant, permissions),
    checkPermissions(permissions) {
      const unknown = permissions.find((one) => !tenancy.policy.bits.has(one))
      if (unknown === undefined) return
      throw new TypeError(`${mount}: require needs declared permissions, and ${JSON.stringify(unknown)} is not`)
    },
  }
}

function checkGuardOptions(mount: string, options: object): void {
  requireKnownOptions(mount, options, KNOWN)
  const given: Partial<Record<keyof typeof KNOWN, unknown>> = { ...options }
  if (typeof Object(given.tenancy).as !== 'function')
    throw new TypeError(`${mount}: needs a tenancy, which createTenancy returns`)
  if (typeof given.tenant !== 'function')
    throw new TypeError(`${mount}: tenant needs a source such as fromPath('/t/:tenant')`)
  if (given.authenticate !== undefined && typeof given.authenticate !== 'function')
    throw new TypeError(`${mount}: authenticate needs a function`)
}

function toSourceRequest<Native>(request: HandlerRequest, facts: RequestFacts<Native>): SourceRequest<Native> {
  return {
    url: request.url,
    host: facts.host ?? null,
    header(name) {
      const [value, ...more] = request.headerValues(name.toLowerCase())
      return value === undefined || more.length > 0 ? null : value
    },
    native: facts.native,
  }
}
