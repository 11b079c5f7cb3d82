import type { MatrixTable } from './matrix-table.js'

const STYLE = `
  body { font: 1rem/1.4 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff }
  table { border-collapse: collapse }
  caption { text-align: left; padding-bottom: 0.75rem }
  th, td { border: 1px solid #767676; padding: 0.3rem 0.6rem; text-align: left }
  .yes { background: #d7f0db } .own { background: #fdf0c8 } .no { color: #595959 }`

export function matrixToHtml(
  { roles, rows }: MatrixTable,
  { title = 'Who may do what' }: { readonly title?: string } = {},
): string {
  const head = roles.map(({ key, name, rank }) => {
    return `<th scope="col" id="${escaped(key)}">${escaped(name)}<br><small>rank ${rank}</small></th>`
  })
  const body = rows.map(({ label, cells }) => {
    const responses = roles.map(({ key }) => `<td class="${cells[key] ?? 'no'}">${cells[key] ?? 'no'}</td>`)
    return `<tr><th scope="row">${escaped(label)}</th>${responses.join('')}</tr>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<table>
<caption>yes: on every resource that is not private. own: on what the member owns. no: never.</caption>
<thead>
<tr><th scope="col">Permission</th>${head.join('')}</tr>
</thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
