/** Turns passwords into hashes and compares them. The default is argon2id. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Whether the password has this hash. `null` as hash takes as long and is never right: an unknown account must not be told by time. */
  verify(password: string, hash: string | null): Promise<boolean>
}
