import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'

/** Generates the secrets of a tenancy under test, and finds them where they must not occur. */
export function issuedSecrets() {
  const issued: string[] = []
  const remember = (secret: string) => {
    issued.push(secret)
    return secret
  }
  return {
    newToken: () => remember(randomBytes(32).toString('base64url')),
    newCode: () => remember(String(randomInt(1_000_000)).padStart(6, '0')),
    /** The number of secrets generated so far. */
    count: () => issued.length,
    /** Fails if the text contains one of the first `count` secrets, by default of all. */
    assertAbsent(where: string, text: string, count = issued.length): void {
      const words = new Set(text.split(/[^\w-]+/))
      const found = issued.slice(0, count).filter((secret) => words.has(secret))
      assert.deepEqual(found, [], `${where} holds a secret that was issued before`)
    },
  }
}
