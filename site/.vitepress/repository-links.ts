import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { fileOf, pageOf, root } from './pages.js'

const repository = 'https://github.com/tenantry/tenantry'

/** Lets links work that are written for GitHub: to pages from file to file, to all other files in the repository. */
export function repositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null
        if (href !== null && !/^([a-z]+:|#|\/)/.test(href)) token.attrSet('href', resolveLink(href, env.path))
      }
    }
  })
}

function resolveLink(href: string, from: string): string {
  const [target = '', ...anchor] = href.split(/(?=#)/)
  // VitePress gives the path of the page, and its search that of the file.
  const source = fileOf(path.relative(root, from))
  const absolute = path.resolve(root, path.dirname(source), decodeURI(target))
  const file = path.relative(root, absolute)
  if (file === 'docs/decisions') return '/decisions/index.md'
  const page = pageOf(file) ?? pageOf(`${file}/README.md`)
  if (page !== undefined) return [`/${page}`, ...anchor].join('')
  if (!existsSync(absolute)) throw new Error(`${source}: ${href} does not exist`)
  return [`${repository}/${statSync(absolute).isDirectory() ? 'tree' : 'blob'}/main/${file}`, ...anchor].join('')
}
