import type { MatrixTable } from './matrix-table.js'

export function matrixToText({ roles, rows }: MatrixTable): string {
  const lines = [
    ['', ...roles.map(({ key }) => key)],
    ['rank', ...roles.map(({ rank }) => String(rank))],
    ...rows.map(({ label, cells }) => [label, ...roles.map(({ key }) => shown(cells[key]))]),
  ]
  const widths = [0, ...roles].map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)))
  return lines
    .map((cells) => `${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd() + '\n')
    .join('')
}

/** A dot keeps the place of what is refused, so that what is allowed stands out. */
function shown(cell: string | undefined): string {
  return cell === undefined || cell === 'no' ? '.' : cell
}
