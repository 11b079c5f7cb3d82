import path from 'node:path'

/** The folder of the repository: every page is a file in it, so that GitHub shows the same text. */
export const root = path.resolve(import.meta.dirname, '../..')

/** Which page a Markdown file of the repository becomes. The first pattern that matches decides. */
const pages: readonly (readonly [file: RegExp, page: string])[] = [
  [/^README\.md$/, 'introduction.md'],
  [/^ARCHITECTURE\.md$/, 'project/architecture.md'],
  [/^CONTRIBUTING\.md$/, 'project/contributing.md'],
  [/^SECURITY\.md$/, 'project/security.md'],
  [/^packages\/([^/]+)\/README\.md$/, 'packages/$1.md'],
  [/^docs\/((?:guide|decisions)\/[^/]+\.md)$/, '$1'],
  [/^docs\/([^/]+\.md)$/, 'reference/$1'],
  [/^site\/home\.md$/, 'index.md'],
  [/^site\/decisions\.md$/, 'decisions/index.md'],
  [/^site\/(api\/.+\.md)$/, '$1'],
]

/** Markdown files of the repository that are no pages. */
export const excluded = ['**/node_modules/**', '**/dist/**', 'packages/*/etc/**', 'examples/**', '**/CHANGELOG.md']

const files = new Map<string, string>()

/** The page of a file, or `undefined` for a file that is none. Both are paths that end in `.md`. */
export function pageOf(file: string): string | undefined {
  const found = pages.find(([pattern]) => pattern.test(file))
  if (!found) return undefined
  const page = file.replace(found[0], found[1])
  files.set(page, file)
  return page
}

/** The file of a page that VitePress has asked for, or the same path if it is a file already. */
export function fileOf(page: string): string {
  return files.get(page) ?? page
}
