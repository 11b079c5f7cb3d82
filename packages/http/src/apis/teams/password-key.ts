import { constants, createPrivateKey, createPublicKey, generateKeyPair, KeyObject, privateDecrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { RequestError } from '../../handler/failure.js'

/** Decrypts passwords that clients encrypted for this server. */
export interface PasswordKey {
  /** The public key in PEM format (SPKI). */
  publicKey(): Promise<string>
  /** Returns the plain password, whether or not it was sent encrypted. */
  open(password: string): Promise<string>
}

const MODULUS_BITS = 2048

/**
 * RSA-OAEP with SHA-256 (RFC 8017, 7.1). A password counts as encrypted if it is base64 text of exactly the key's
 * length, which nobody types. Without a key from the host, one is generated on first use.
 *
 * @throws {TypeError} unless the key is a private RSA key of at least 2048 bits.
 */
export function createPasswordKey(given?: string | KeyObject): PasswordKey {
  let key = given === undefined ? undefined : Promise.resolve(checkKey(given))
  const load = () => (key ??= makeKey())
  return {
    async publicKey() {
      return createPublicKey(await load())
        .export({ type: 'spki', format: 'pem' })
        .toString()
    },
    async open(password) {
      // A base64 character encodes six bits. Shorter text cannot be encrypted, so no key has to be generated for it.
      if (password.length < MODULUS_BITS / 6 || !/^[A-Za-z0-9+/]+=*$/.test(password)) return password
      const privateKey = await load()
      const bytes = Buffer.from(password, 'base64')
      return bytes.length === bytesOf(privateKey) ? decrypt(privateKey, bytes) : password
    },
  }
}

function checkKey(given: string | KeyObject): KeyObject {
  const refuse = (cause?: unknown): never => {
    throw new TypeError(`passwordKey: needs a private RSA key of at least ${MODULUS_BITS} bits`, { cause })
  }
  try {
    const key = given instanceof KeyObject ? given : createPrivateKey(given)
    return key.type === 'private' && key.asymmetricKeyType === 'rsa' && bytesOf(key) * 8 >= MODULUS_BITS
      ? key
      : refuse()
  } catch (error) {
    return refuse(error)
  }
}

function bytesOf(key: KeyObject): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
}

async function makeKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS })).privateKey
}

function decrypt(key: KeyObject, bytes: Buffer): string {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, bytes).toString()
  } catch (cause) {
    const message = 'password: was encrypted with another key; fetch the public key anew'
    throw new RequestError('invalid_field', message, { field: 'password', cause })
  }
}
