import { hkdfSync } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { managedNonce } from '@noble/ciphers/utils.js'
import type { EmailMessage } from '../../pipeline/email-message.js'

export interface EmailCipher {
  /** At once, because a transaction on a host's own connection must not wait for anything but the database. */
  seal(id: string, mail: EmailMessage): string
  /** Throws unless it was sealed with this secret under this id. */
  open(id: string, payload: string): EmailMessage
}

/**
 * Encrypts mails by XChaCha20-Poly1305 with a random nonce before the ciphertext, in base64url. Each mail has a key of
 * its own, derived from the secret and the mail's id (HKDF with SHA-256, RFC 5869), so that a payload moved to another
 * mail does not open.
 */
export function emailCipher(secret: string | Uint8Array): EmailCipher {
  const cipherOf = (id: string) =>
    managedNonce(xchacha20poly1305)(new Uint8Array(hkdfSync('sha256', secret, '', `tenantry mail ${id}`, 32)))
  return {
    seal(id, mail) {
      const content = new TextEncoder().encode(JSON.stringify(mail))
      return Buffer.from(cipherOf(id).encrypt(content)).toString('base64url')
    },
    open(id, payload) {
      const content = cipherOf(id).decrypt(new Uint8Array(Buffer.from(payload, 'base64url')))
      // The content is authentic: nobody without the secret can have written it.
      return JSON.parse(new TextDecoder().decode(content)) as EmailMessage
    },
  }
}
