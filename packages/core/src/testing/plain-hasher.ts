import type { PasswordHasher } from '../services/pipeline/password-hasher.js'

/** Passwords that cost nothing, for tests. */
export const plainHasher: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (password, hash) => hash === `plain:${password}`,
}
