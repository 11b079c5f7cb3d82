import { expect, test } from 'vitest'
import { filesBelow, findWords } from './find-words.js'

/** Terms of a single API. They belong in the preset of that API, which a host spreads into `createTenancy`. */
const products: Readonly<Record<string, RegExp>> = {
  'a resource of one API': /dataset|canvas|'protocols?'|\bprotocols?:[a-z*]|'process(es)?'|\bprocess:[a-z*]/i,
  'a role of one API': /'(editor|developer)'|\b(editor|developer):|dataset_operator|'normal'|'read_only'|'invite'/i,
  'a noun of one API': /workspace|\bteams?\b|\bconsole api\b/i,
  'a setting of one API': /branding|\b(llm|embd|asr|img2txt|rerank|tts|parser)Ids?\b/i,
  'a token prefix of one API': /dfo[ae]_/,
}

/** Tests, and the reserved host and path names that no tenant can have as its slug. */
const others = /\.test(-d)?\.ts$|\/testing\/|\/reserved-slugs\.ts$/

test('the core names no product', () => {
  const files = filesBelow('packages/core/src').filter((name) => !others.test(name))
  expect(files.length).toBeGreaterThan(300)
  expect(findWords(files, products)).toEqual([])
})
