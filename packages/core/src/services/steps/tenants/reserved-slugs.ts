import { TenancyError } from '../../../errors.js'
import type { Context } from '../../pipeline/context.js'

/** Slugs that no tenant takes unless the host says otherwise: names of hosts, paths and offices that people trust. */
// prettier-ignore
export const RESERVED_SLUGS: readonly string[] = [
  'about', 'abuse', 'account', 'accounts', 'activate', 'admin', 'administrator', 'api', 'app', 'apps', 'assets', 'auth',
  'billing', 'blog', 'cdn', 'console', 'contact', 'dashboard', 'device', 'docs', 'download', 'email', 'files', 'ftp', 'help',
  'home', 'host', 'hostmaster', 'imap', 'internal', 'invite', 'join', 'legal', 'localhost', 'login', 'logout', 'mail', 'me',
  'media', 'new', 'noreply', 'no-reply', 'ns1', 'ns2', 'oauth', 'openapi', 'pop', 'postmaster', 'pricing', 'privacy', 'public',
  'register', 'root', 'security', 'settings', 'signin', 'signup', 'sign-in', 'sign-up', 'smtp', 'sso', 'staging', 'static',
  'status', 'support', 'system', 'team', 'tenant', 'tenants', 'terms', 'test', 'user', 'users', 'webmaster', 'well-known',
  'workspace', 'workspaces', 'www',
]

/** The slugs that no tenant takes. Throws a `TypeError` for what is no list of texts. */
export function reservedSlugsOf(given: readonly string[] = RESERVED_SLUGS): ReadonlySet<string> {
  if (Array.isArray(given) && given.every((slug) => typeof slug === 'string')) return new Set(given)
  throw new TypeError('reservedSlugs: needs a list of slugs')
}

/** Refuses a slug that the host keeps for itself. */
export function refuseReservedSlug(
  { reservedSlugs }: Pick<Context, 'reservedSlugs'>,
  slug: string | null | undefined,
): void {
  if (typeof slug !== 'string' || !reservedSlugs.has(slug)) return
  throw new TenancyError('invalid_input', `slug: "${slug}" is reserved`, { field: 'slug' })
}
