import { noSuchOption } from '../../storage/known-options.js'

/** How the tokens of an installation begin, by kind. */
export interface TokenPrefixes {
  /** Of an account's token. */
  readonly account: string
  /** Of an external subject's token. */
  readonly external: string
}

const PREFIXES: TokenPrefixes = { account: 'tnt_', external: 'tnx_' }

/**
 * The prefixes where the host does not say otherwise. Throws a `TypeError` for what is no prefix, and where the one kind
 * could be taken for the other.
 */
export function tokenPrefixesOf(given: Partial<TokenPrefixes> = {}): TokenPrefixes {
  for (const [kind, prefix] of Object.entries(given)) {
    if (!Object.hasOwn(PREFIXES, kind)) throw noSuchOption('tokenPrefixes', kind, Object.keys(PREFIXES))
    if (typeof prefix !== 'string' || !/^[A-Za-z0-9_.~-]{1,20}$/.test(prefix)) {
      throw new TypeError(`tokenPrefixes: "${kind}" needs 1 to 20 of A-Z, a-z, 0-9, "_", ".", "~" and "-"`)
    }
  }
  const prefixes = { ...PREFIXES, ...given }
  const { account, external } = prefixes
  if (!account.startsWith(external) && !external.startsWith(account)) return prefixes
  throw new TypeError('tokenPrefixes: neither may begin with the other, because they tell the two kinds apart')
}
