import { readFile } from 'node:fs/promises'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** A note with the name of a file, and the block of code below it, if there is one yet. */
const QUOTE = /<!-- quotes (\S+) -->\n(?:\n```typescript\n.*?\n```\n)?/gs

/**
 * A page that shows files of examples as they are: below each `<!-- quotes examples/… -->` follows the file's text.
 * The blocks are marked `typescript`, because the tests of the examples run them; those marked `ts` run on their own.
 */
export async function quoteCode(page: string): Promise<string> {
  const files = [...page.matchAll(QUOTE)].map(([, file = '']) => file)
  const texts = await Promise.all(files.map((file) => readFile(path.join(root, file), 'utf8')))
  const codeOf = new Map(files.map((file, index) => [file, texts[index]?.trimEnd()]))
  return page.replaceAll(QUOTE, (_, file: string) => {
    return `<!-- quotes ${file} -->\n\n\`\`\`typescript\n${codeOf.get(file)}\n\`\`\`\n`
  })
}
