import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')

/** The TypeScript and Markdown files below a folder, as paths from the repository root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|\.blocks)$/.test(entry.name) ? [] : filesBelow(name)
    return /\.(ts|md)$/.test(entry.name) && entry.name !== 'CHANGELOG.md' ? [name] : []
  })
}

/** A line for each occurrence of the words in these files, with the replacement, such as `core/a.ts:7 use "API": …`. */
export function findWords(
  files: readonly string[],
  words: Readonly<Record<string, RegExp>>,
  allowed?: RegExp,
): readonly string[] {
  return files.flatMap((name) =>
    readFileSync(path.join(root, name), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        Object.entries(words)
          .filter(([, word]) => word.test(line) && !allowed?.test(line))
          .map(([instead]) => `${name}:${index + 1} ${instead}: ${line.trim().slice(0, 120)}`),
      ),
  )
}
