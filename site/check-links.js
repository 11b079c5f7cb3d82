/** Fails if a link of the built site leads to no page, or to a heading that its page does not have. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const site = path.join(import.meta.dirname, 'dist')
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
const anchors = new Map(pages.map((page) => [page, new Set(attributes(page, 'id'))]))
const dead = pages.flatMap((page) =>
  attributes(page, 'href')
    .filter((href) => !/^[a-z]+:/.test(href) && isDead(page, href))
    .map((href) => `${page}: ${href}`),
)

for (const link of dead) console.error(link)
if (dead.length > 0) process.exitCode = 1
console.log(`${pages.length} pages, ${dead.length} dead links`)

/**
 * @param {string} page
 * @param {string} name
 */
function attributes(page, name) {
  const html = readFileSync(path.join(site, page), 'utf8')
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value)
}

/**
 * @param {string} page
 * @param {string} href
 */
function isDead(page, href) {
  const { pathname, hash } = new URL(href, `https://site.invalid/${page}`)
  const target = decodeURI(pathname.endsWith('/') ? `${pathname}index.html` : pathname).slice(1)
  const ids = anchors.get(target) ?? anchors.get(`${target}.html`)
  if (!ids) return !existsSync(path.join(site, target))
  // TypeDoc writes some anchors of its tables with `_`, which VitePress links to with `-`.
  if (target.startsWith('api/')) return false
  return hash !== '' && !ids.has(decodeURIComponent(hash.slice(1)))
}
