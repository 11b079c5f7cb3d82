import type { PasswordHasher } from '../../pipeline/password-hasher.js'

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB of memory, two passes, one lane.
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** A hash with these parameters of 32 random bytes that nobody kept. */
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$W3vCS39mU6NxhEzhUkxCyQ$LPMk8qP9C+ApiR4P8nzl9t+GxS4x+cN3XtcDbkEcMPs'

/** The native module is loaded with the first password, not with the library. */
const loadArgon2 = () => import('@node-rs/argon2')

/**
 * Passwords as argon2id hashes (RFC 9106) with the parameters OWASP recommends, in the PHC string format, so that
 * hashes made with other parameters go on being right.
 */
export function argon2Hasher(): PasswordHasher {
  return {
    hash: async (password) => (await loadArgon2()).hash(password, PARAMETERS),
    async verify(password, hash) {
      const fits = await (await loadArgon2()).verify(hash ?? NOBODYS_HASH, password)
      return hash !== null && fits
    },
  }
}
