import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 32 random bytes, url-safe (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Six random decimal digits. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** Without vowels, which would make words, and without what looks like something else. */
const LETTERS = 'BCDFGHJKMNPQRSTVWXYZ'
const DIGITS = '23456789'

/** Four random letters and four random digits, for people to type: `BCDF-2345`. */
export function newUserCode(): string {
  const draw = (alphabet: string) => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${draw(LETTERS)}-${draw(DIGITS)}`
}

/** How a token begins, to recognize it by: its prefix and four characters of 43. */
export function shownPrefix(token: string, prefix: string): string {
  return token.slice(0, prefix.length + 4)
}

/** What is kept of a token: its SHA-256 in hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * What is kept of an activation token: its SHA-512/256. Another function than that of bearer tokens, which lie in the same
 * table: what comes by mail once must never work as one.
 */
export function hashActivation(token: string): string {
  return createHash('sha512-256').update(token).digest('hex')
}

/** What is kept of a short code: hashed with the token it goes with, so that the hash alone cannot be searched. */
export function hashCode(code: string, token: string): string {
  return hashToken(`${token}:${code}`)
}

/** Compares two hashes in constant time. */
export function sameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
