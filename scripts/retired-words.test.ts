import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Words that this project gave up, and the one to use instead. `docs/glossary.md` defines the terms. */
const retired: Readonly<Record<string, RegExp>> = {
  'share, unshare': /\b(lend|lends|lent|lending|loans?|borrow(s|ed|er|ers|ing)?|takeBack|giveBack)\b/i,
  API: /\bsurfaces?\b/i,
  'member, user': /\bfellows?\b/i,
  'custom role': /\b(own roles?|ownRoles?)\b/,
  scenario: /\b(towns?|givenTenancy)\b/i,
  worker: /\bracers?\b/i,
  'dead letter': /\b(deadEvents?|deadMails?|bury|buried)\b/i,
  resolve: /\b(settledAt|settled_at)\b/,
}

/** Where a retired word means something else: `its own roles` are those of an application or a member. */
const allowed = /\b(its|member’s|their|tenant’s|library’s) own roles?\b|retired-words/i

const root = path.join(import.meta.dirname, '..')

function files(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|\.blocks)$/.test(entry.name) ? [] : files(name)
    return /\.(ts|md)$/.test(entry.name) && entry.name !== 'CHANGELOG.md' ? [name] : []
  })
}

test('no identifier, message or document uses a retired word', () => {
  const found = ['packages', 'examples', 'docs', 'scripts']
    .flatMap(files)
    .filter((name) => !name.endsWith('retired-words.test.ts'))
    .flatMap((name) =>
      readFileSync(path.join(root, name), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          Object.entries(retired)
            .filter(([, word]) => word.test(line) && !allowed.test(line))
            .map(([instead]) => `${name}:${index + 1} use "${instead}": ${line.trim().slice(0, 120)}`),
        ),
    )
  expect(found).toEqual([])
})
