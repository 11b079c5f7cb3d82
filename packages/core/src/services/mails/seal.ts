import { hkdfSync } from 'node:crypto'
import type { Mail } from './mail.js'

export interface MailSeal {
  seal(id: string, mail: Mail): Promise<string>
  /** Rejects unless it was sealed with this secret under this id. */
  open(id: string, payload: string): Promise<Mail>
}

/** jose is loaded with the first mail, not with the library. */
const loadJose = () => import('jose')

/**
 * Encrypts mails as compact JWE (RFC 7516: `dir`, `A256GCM`). Each mail has a key of its own, derived from the secret
 * and the mail's id (HKDF with SHA-256, RFC 5869), so that a payload moved to another mail does not open.
 */
export function mailSeal(secret: string | Uint8Array): MailSeal {
  const keyOf = (id: string) => new Uint8Array(hkdfSync('sha256', secret, '', `tenantry mail ${id}`, 32))
  return {
    async seal(id, mail) {
      const { CompactEncrypt } = await loadJose()
      const content = new TextEncoder().encode(JSON.stringify(mail))
      return new CompactEncrypt(content).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(keyOf(id))
    },
    async open(id, payload) {
      const { compactDecrypt } = await loadJose()
      const { plaintext } = await compactDecrypt(payload, keyOf(id), {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      // The content is authentic: nobody without the secret can have written it.
      return JSON.parse(new TextDecoder().decode(plaintext)) as Mail
    },
  }
}
