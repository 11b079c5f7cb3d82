import type { MatrixTable } from './matrix-table.js'

export function matrixToMarkdown({ roles, rows }: MatrixTable): string {
  const lines = [
    ['', ...roles.map(({ key }) => `\`${key}\``)],
    ['', ...roles].map(() => '---'),
    ...rows.map(({ label, permission, cells }) => [
      label === permission ? `\`${label}\`` : escaped(label),
      ...roles.map(({ key }) => (cells[key] === 'no' ? '' : (cells[key] ?? ''))),
    ]),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A label is the caller's text: a bar would end the cell, and markup would begin. Code in backticks keeps its characters. */
function escaped(label: string): string {
  return label
    .replaceAll(/`[^`]*`|[\\<>*_[\]]/g, (found) => (found.startsWith('`') ? found : `\\${found}`))
    .replaceAll('|', '\\|')
    .replaceAll(/\s+/g, ' ')
}
