import type { MatrixTable } from './matrix-table.js'
import type { MatrixCell } from './permission-matrix.js'

/** One thing that a change of the rules does to one role. */
export interface MatrixChange {
  readonly kind: 'gives' | 'takes' | 'adds_role' | 'removes_role' | 'changes_rank'
  readonly role: string
  /** The permission that is given or taken; `null` for what is done to the role itself. */
  readonly permission: string | null
  readonly sentence: string
}

/**
 * What a change of the rules gives to whom and takes from whom: the roles first, then the permissions. Empty when nobody
 * may do more or less than before.
 *
 * @example
 * const changes = diffMatrices(permissionMatrix(released), permissionMatrix(proposed))
 * expect(changes.map(({ sentence }) => sentence)).toEqual(['invoice:approve is given to "clerk".'])
 */
export function diffMatrices(before: MatrixTable, after: MatrixTable): readonly MatrixChange[] {
  const [old, now] = [rolesOf(before), rolesOf(after)]
  const keys = [...new Set([...now.keys(), ...old.keys()])]
  return [
    ...keys.flatMap((key) => changesOfRole(key, old.get(key), now.get(key))),
    ...permissionsOf(before, after).flatMap((permission) =>
      keys.flatMap((role) => {
        const was = cellOf(before, permission, role)
        return changesOfCell({ role, permission }, was, cellOf(after, permission, role))
      }),
    ),
  ]
}

function changesOfRole(role: string, before: number | undefined, after: number | undefined): MatrixChange[] {
  const change = (kind: MatrixChange['kind'], sentence: string) => [{ kind, role, permission: null, sentence }]
  if (before === after) return []
  if (before === undefined) return change('adds_role', `The role "${role}" is new, of rank ${after ?? 0}.`)
  if (after === undefined) return change('removes_role', `The role "${role}" is gone.`)
  return change(
    'changes_rank',
    `The rank of "${role}" ${after > before ? 'rises' : 'falls'} from ${before} to ${after}.`,
  )
}

const ORDER: readonly MatrixCell[] = ['no', 'own', 'yes']

function changesOfCell(
  { role, permission }: { readonly role: string; readonly permission: string },
  before: MatrixCell,
  after: MatrixCell,
): MatrixChange[] {
  if (before === after) return []
  const gives = ORDER.indexOf(after) > ORDER.indexOf(before)
  const verb = gives ? `is given to "${role}"` : `is taken from "${role}"`
  const least = gives ? after : before
  const extent =
    least === 'own' ? ', on what they own' : (gives ? before : after) === 'own' ? ', beyond what they own' : ''
  return [{ kind: gives ? 'gives' : 'takes', role, permission, sentence: `${permission} ${verb}${extent}.` }]
}

function rolesOf({ roles }: MatrixTable): ReadonlyMap<string, number> {
  return new Map(roles.map(({ key, rank }) => [key, rank]))
}

function permissionsOf(...tables: readonly MatrixTable[]): readonly string[] {
  return [...new Set(tables.flatMap(({ rows }) => rows.map(({ permission }) => permission)))]
}

function cellOf({ rows }: MatrixTable, permission: string, role: string): MatrixCell {
  return rows.find((row) => row.permission === permission)?.cells[role] ?? 'no'
}
