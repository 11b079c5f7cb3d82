import { RequestError } from './failure.js'

/** A route whose path matches, with its path parameters. */
export interface PathMatch<Row> {
  readonly row: Row
  /** @throws {RequestError} for a parameter with invalid percent-encoding. */
  params(): Readonly<Record<string, string>>
}

interface Compiled<Row> {
  readonly row: Row
  readonly segments: readonly string[]
}

/**
 * Finds the routes that match a path: those without parameters first, because their segments are never IDs, then in the
 * order of the table. Matching is case-sensitive; one trailing slash is allowed.
 */
export function matchPaths<Row extends { readonly path: string }>(
  rows: readonly Row[],
): (path: string) => readonly PathMatch<Row>[] {
  const compiled = rows.map((row): Compiled<Row> => ({ row, segments: row.path.split('/') }))
  const fixed = new Map<string, PathMatch<Row>[]>()
  const bySize = new Map<number, Compiled<Row>[]>()
  for (const one of compiled) {
    if (!one.row.path.includes('{')) {
      fixed.set(one.row.path, [...(fixed.get(one.row.path) ?? []), { row: one.row, params: () => ({}) }])
    } else bySize.set(one.segments.length, [...(bySize.get(one.segments.length) ?? []), one])
  }
  return (path) => {
    const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
    const segments = plain.split('/')
    const withParams = (bySize.get(segments.length) ?? []).filter((one) => fits(one.segments, segments))
    return [
      ...(fixed.get(plain) ?? []),
      ...withParams.map(({ row, segments: names }) => ({ row, params: () => paramsOf(names, segments) })),
    ]
  }
}

function fits(names: readonly string[], segments: readonly string[]): boolean {
  return names.every((name, at) => (name.startsWith('{') ? segments[at] !== '' : name === segments[at]))
}

function paramsOf(names: readonly string[], segments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name, at) => (name.startsWith('{') ? [[name.slice(1, -1), decode(segments[at] ?? '')]] : [])),
  )
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (cause) {
    throw new RequestError('invalid_field', 'path: invalid percent-encoding', { field: 'path', cause })
  }
}
