/** Every name that options may have, for {@link requireKnownOptions}. `satisfies` holds it to the type of the options. */
export type KnownOptions = Readonly<Record<string, true>>

/**
 * For packages that take options: refuses what is no object of options, and an option that does not exist, which would
 * silently do nothing. A symbol is no option.
 *
 * @throws {TypeError} naming the option, and the one that was probably meant.
 *
 * @example
 * requireKnownOptions('sqliteStorage', options, { database: true, filename: true })
 * // sqliteStorage: there is no option "filname"; did you mean "filename"?
 */
export function requireKnownOptions(of: string, given: unknown, known: KnownOptions): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${of}: needs an object of options, not ${shown(given)}`)
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw noSuchOption(of, unknown, Object.keys(known))
}

/** The error for a name that is none of those known. */
export function noSuchOption(of: string, name: string, known: readonly string[]): TypeError {
  const meant = closest(name, known)
  return new TypeError(`${of}: there is no option "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`)
}

function shown(given: unknown): string {
  // A text may be a connection string with its password.
  if (typeof given === 'string') return 'a text'
  return Array.isArray(given) ? 'a list' : String(given)
}

/** The known name that takes the fewest edits, when they are few for its length. */
function closest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((one) => ({ one, edits: editsBetween(name.toLowerCase(), one.toLowerCase()) }))
    .sort((left, right) => left.edits - right.edits)
  const [best] = ranked
  return best && best.edits <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : undefined
}

/** How many letters to insert, remove or replace to make one word of the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [done, letter] of [...from].entries()) {
    const next = [done + 1]
    for (let at = 0; at < to.length; at++) {
      const replaced = (row[at] ?? 0) + (to[at] === letter ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
