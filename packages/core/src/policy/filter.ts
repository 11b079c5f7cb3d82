import type { Subject } from './decide.js'
import { hasBit } from './permissions.js'
import type { Policy } from './policy.js'

/**
 * The columns of the host's own table that hold the facts about a row, each named `column` or `table.column`. A fact
 * whose column is not named plays no part, as in {@link ResourceAttributes}. They hold ids as they were handed in, or `null`.
 */
export interface FilterColumns {
  /** The tenant that the row belongs to. Default `tenant_id`; `null` says that all rows are this tenant's already. */
  readonly tenant?: string | null
  readonly owner?: string
  /** Holds `tenant` for what all may see whom a role lets; anything else, `null` included, is the owner's alone. */
  readonly visibility?: string
  /** The tenant that the row is shared with, if any. */
  readonly sharedTenant?: string
}

export interface Column {
  readonly table: string | null
  readonly name: string
}

/** What must hold of a row. Each is true or false of every row, never unknown: a column that is null equals nothing. */
export type Condition =
  | { readonly kind: 'equals'; readonly column: Column; readonly value: string }
  | { readonly kind: 'missing'; readonly column: Column }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }

const EVERYTHING: Condition = { kind: 'all', of: [] }
const NOTHING: Condition = { kind: 'any', of: [] }

/**
 * The rows on which a subject has a permission of the host's, exactly as `decide` says of each. A name that is none of
 * the host's permissions, and a subject that is barred, match nothing.
 *
 * @throws {TypeError} for a column that is unknown or no identifier.
 */
export function rowCondition(
  policy: Policy,
  subject: Subject,
  permission: string,
  columns: FilterColumns = {},
): Condition {
  const { tenant, owner, visibility, sharedTenant } = readColumns(columns)
  const bit = policy.bits.get(permission)
  if (bit === undefined || subject.denial || !hasBit(policy.hostMask, bit)) return NOTHING
  const { tenantId, userId } = subject
  const here = tenant ? any([equals(tenant, tenantId), sharedTenant && equals(sharedTenant, tenantId)]) : EVERYTHING
  const open = visibility ? equals(visibility, 'tenant') : EVERYTHING
  const notShared = sharedTenant ? any([isMissing(sharedTenant), equals(sharedTenant, tenantId)]) : EVERYTHING
  const isHeld = hasBit(subject.effective, bit)
  const own = owner && !subject.operator && (isHeld || hasBit(policy.ownerMask, bit)) ? equals(owner, userId) : NOTHING
  return all([here, any([own, isHeld ? all([open, notShared]) : NOTHING])])
}

function equals(column: Column, value: string): Condition {
  return { kind: 'equals', column, value }
}

function isMissing(column: Column): Condition {
  return { kind: 'missing', column }
}

function all(parts: readonly Condition[]): Condition {
  if (parts.includes(NOTHING)) return NOTHING
  return combine('all', parts, EVERYTHING)
}

function any(parts: readonly (Condition | undefined)[]): Condition {
  const given = parts.filter((part) => part !== undefined)
  if (given.includes(EVERYTHING)) return EVERYTHING
  return combine('any', given, NOTHING)
}

function combine(kind: 'all' | 'any', parts: readonly Condition[], neutral: Condition): Condition {
  const [first = neutral, ...others] = parts.filter((part) => part !== neutral)
  return others.length === 0 ? first : { kind, of: [first, ...others] }
}

type ColumnsRead = { readonly [Name in keyof FilterColumns]?: Column }

const DEFAULTS: FilterColumns = { tenant: 'tenant_id' }
const KNOWN: ReadonlySet<string> = new Set<keyof FilterColumns>(['tenant', 'owner', 'visibility', 'sharedTenant'])

/** A name that is misspelt or undefined would silently leave a fact out, and show more. */
function readColumns(columns: FilterColumns): ColumnsRead {
  const given = Object.entries<unknown>({ ...DEFAULTS, ...columns })
  const read = given.flatMap(([fact, column]): [string, Column][] => {
    if (!KNOWN.has(fact)) throw new TypeError(`filter: "${fact}" is no fact about a row`)
    return fact === 'tenant' && column === null ? [] : [[fact, readColumn(fact, column)]]
  })
  return Object.fromEntries(read)
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_$]{0,62}$/u

function readColumn(fact: string, column: unknown): Column {
  const parts = typeof column === 'string' ? column.split('.') : []
  const [name, table = null] = parts.reverse()
  if (name === undefined || parts.length > 2 || !parts.every((part) => IDENTIFIER.test(part)))
    throw new TypeError(`filter: "${fact}" needs the name of a column, not ${JSON.stringify(column)}`)
  return { table, name }
}
