import { expect, test } from 'vitest'
import { filesBelow, findWords } from './find-words.js'

/** Words that the project no longer uses, each with its replacement. `docs/glossary.md` defines the terms. */
const retired: Readonly<Record<string, RegExp>> = {
  'use share, unshare': /\b(lend|lends|lent|lending|loans?|borrow(s|ed|er|ers|ing)?|takeBack|giveBack)\b/i,
  'use API': /\bsurfaces?\b/i,
  'use member, user': /\bfellows?\b/i,
  'use custom role': /\b(own roles?|ownRoles?)\b/,
  'use scenario': /\b(towns?|givenTenancy)\b/i,
  'use worker': /\bracers?\b/i,
  'use dead letter': /\b(deadEvents?|deadMails?|bury|buried)\b/i,
  'use resolve': /\b(settledAt|settled_at)\b/,
}

/** Places where a retired word has another meaning. */
const allowed = /\b(its|member’s|their|tenant’s|library’s) own roles?\b|retired-words/i

test('no identifier, message or document uses a retired word', () => {
  const files = ['packages', 'examples', 'docs', 'scripts'].flatMap(filesBelow)
  const others = files.filter((name) => !name.endsWith('retired-words.test.ts'))
  expect(findWords(others, retired, allowed)).toEqual([])
})
