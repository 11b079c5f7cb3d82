import type { MatrixTable } from './matrix-table.js'
import type { MatrixCell, MatrixRole } from './matrix-table.js'

/** One thing that a change of the rules does to one role. */
export interface MatrixChange {
  readonly kind: 'gives' | 'takes' | 'adds_role' | 'removes_role' | 'changes_rank' | 'becomes_full' | 'ceases_full'
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

function changesOfRole(
  role: string,
  before: MatrixRole | undefined,
  after: MatrixRole | undefined,
): readonly MatrixChange[] {
  const change = (kind: MatrixChange['kind'], sentence: string) => ({ kind, role, permission: null, sentence })
  if (before === undefined)
    return after ? [change('adds_role', `The role "${role}" is new, of rank ${after.rank}.`)] : []
  if (after === undefined) return [change('removes_role', `The role "${role}" is gone.`)]
  const changes: MatrixChange[] = []
  if (after.rank !== before.rank) {
    const move = `${after.rank > before.rank ? 'rises' : 'falls'} from ${before.rank} to ${after.rank}`
    changes.push(change('changes_rank', `The rank of "${role}" ${move}.`))
  }
  if (after.unrestricted && !before.unrestricted) {
    changes.push(change('becomes_full', `No exception restricts a member with the role "${role}" any more.`))
  }
  if (before.unrestricted && !after.unrestricted) {
    changes.push(change('ceases_full', `Exceptions restrict a member with the role "${role}" from now on.`))
  }
  return changes
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

function rolesOf({ roles }: MatrixTable): ReadonlyMap<string, MatrixRole> {
  return new Map(roles.map((role) => [role.key, role]))
}

function permissionsOf(...tables: readonly MatrixTable[]): readonly string[] {
  return [...new Set(tables.flatMap(({ rows }) => rows.map(({ permission }) => permission)))]
}

function cellOf({ rows }: MatrixTable, permission: string, role: string): MatrixCell {
  const cells = rows.find((row) => row.permission === permission)?.cells ?? {}
  // A role may be called what every object has, such as "constructor".
  return Object.hasOwn(cells, role) ? (cells[role] ?? 'no') : 'no'
}
