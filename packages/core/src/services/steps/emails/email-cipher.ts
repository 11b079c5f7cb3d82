import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { EmailMessage } from '../../pipeline/email-message.js'

export interface EmailCipher {
  /** At once, because a transaction on a host's own connection must not wait for anything but the database. */
  seal(id: string, mail: EmailMessage): string
  /** Throws unless it was sealed with this secret under this id. */
  open(id: string, payload: string): EmailMessage
}

/** The first byte of a payload: how the rest is encrypted. Another way gets another number. */
const VERSION = Buffer.of(1)
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts waiting emails by AES-256-GCM (NIST SP 800-38D). A payload is, in base64url: the version, a random nonce, the
 * tag, the ciphertext. Each email has a key of its own, derived from the secret and the email's id (HKDF with SHA-256,
 * RFC 5869), so that a payload copied to another email does not decrypt.
 */
export function emailCipher(secret: string | Uint8Array): EmailCipher {
  const keyOf = (id: string) => new Uint8Array(hkdfSync('sha256', secret, '', `tenantry email ${id}`, 32))
  return {
    seal(id, email) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(id), nonce, { authTagLength: TAG_BYTES }).setAAD(VERSION)
      const content = Buffer.concat([cipher.update(JSON.stringify(email), 'utf8'), cipher.final()])
      return Buffer.concat([VERSION, nonce, cipher.getAuthTag(), content]).toString('base64url')
    },
    open(id, payload) {
      const bytes = Buffer.from(payload, 'base64url')
      const [nonceAt, tagAt, contentAt] = [1, 1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES]
      if (bytes[0] !== VERSION[0] || bytes.length < contentAt)
        throw new Error('This is not an email encrypted by this version')
      const options = { authTagLength: TAG_BYTES }
      const decipher = createDecipheriv('aes-256-gcm', keyOf(id), bytes.subarray(nonceAt, tagAt), options)
      decipher.setAAD(VERSION).setAuthTag(bytes.subarray(tagAt, contentAt))
      const content = Buffer.concat([decipher.update(bytes.subarray(contentAt)), decipher.final()])
      // The content is authentic: only a holder of the secret can have written it.
      return JSON.parse(content.toString('utf8')) as EmailMessage
    },
  }
}
