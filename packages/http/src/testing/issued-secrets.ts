import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'

/** Makes the secrets of a tenancy under test, and finds them where they may not be. */
export function issuedSecrets() {
  const issued: string[] = []
  const remember = (secret: string) => {
    issued.push(secret)
    return secret
  }
  return {
    newToken: () => remember(randomBytes(32).toString('base64url')),
    newCode: () => remember(String(randomInt(1_000_000)).padStart(6, '0')),
    /** How many there are by now. */
    count: () => issued.length,
    /** Fails when the text holds one of the first `count` of them, by default of all. */
    assertAbsent(where: string, text: string, count = issued.length): void {
      const words = new Set(text.split(/[^\w-]+/))
      const found = issued.slice(0, count).filter((secret) => words.has(secret))
      assert.deepEqual(found, [], `${where} holds a secret that was issued before`)
    },
  }
}
