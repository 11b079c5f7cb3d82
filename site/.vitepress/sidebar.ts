import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { pageOf, root } from './pages.js'

type Item = DefaultTheme.SidebarItem

/** Each guide, in the order of the documentation section of the README. */
const guides: Readonly<Record<string, readonly string[]>> = {
  'Get started': [
    'start',
    'own-users',
    'http-api',
    'guarding-routes',
    'importing-members',
    'own-transaction',
    'orm',
    'frameworks',
    'referring-to-our-tables',
  ],
  'Permissions and resources': ['permissions', 'testing-permissions', 'resources', 'your-own-tables', 'teams'],
  Tenants: ['joining', 'organizations', 'settings', 'notifications', 'exporting'],
  Operations: ['production', 'postgres', 'row-level-security', 'operators', 'attacks'],
  Extend: ['writing-an-adapter', 'adding-a-noun'],
}

/** The guides, then what is looked up. Fails if a guide is in no section. */
export function guideSidebar(): Item[] {
  const listed = Object.values(guides).flat()
  const missing = filesOf('docs/guide').filter((file) => !listed.includes(path.basename(file, '.md')))
  if (missing.length > 0) throw new Error(`site/.vitepress/sidebar.ts lists no section for ${missing.join(', ')}`)
  return [
    { text: 'Introduction', items: [itemOf('README.md', 'Introduction')] },
    ...Object.entries(guides).map(([text, names]) =>
      section(
        text,
        names.map((name) => `docs/guide/${name}.md`),
      ),
    ),
    section(
      'Packages',
      readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/README.md`),
    ),
    section('Reference', filesOf('docs')),
    section('Project', ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']),
  ]
}

export function decisionSidebar(): Item[] {
  return [section('Decisions', ['site/decisions.md', ...filesOf('docs/decisions')])]
}

/**
 * The API reference, as TypeDoc wrote it: on the page of an entry, and below it, the names of that entry only. All names on
 * each page would make the site ten times as large.
 */
export function apiSidebars(): Record<string, Item[]> {
  const entries = JSON.parse(readFileSync(path.join(root, 'site/api/typedoc-sidebar.json'), 'utf8')) as Item[]
  const closed = entries.map(({ text, link }): Item => ({ text: text ?? '', link: link ?? '' }))
  return {
    '/api/': closed,
    ...Object.fromEntries(entries.map((entry, at) => [entry.link, closed.with(at, { ...entry, collapsed: false })])),
  }
}

function section(text: string, files: readonly string[]): Item {
  return { text, items: files.filter((file) => existsSync(path.join(root, file))).map((file) => itemOf(file)) }
}

function itemOf(file: string, title = titleOf(file)): Item {
  return { text: title, link: `/${pageOf(file)}` }
}

/** The first heading, without the date that a decision has. */
function titleOf(file: string): string {
  const heading = /^# (.*)$/m.exec(readFileSync(path.join(root, file), 'utf8'))?.[1] ?? file
  return heading.replace(/, \d{4}-\d\d-\d\d$/, '').replaceAll('`', '')
}

function filesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder)).flatMap((name) => (name.endsWith('.md') ? [`${folder}/${name}`] : []))
}
