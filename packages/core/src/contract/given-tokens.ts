import type { AccessToken } from '../model/access-token.js'
import type { DeviceAuthorization } from '../model/device-authorization.js'
import type { ExternalSubject, ExternalToken } from '../model/external-token.js'
import type { InvitationTokens } from '../storage/invitation-port.js'
import { noon } from './given.js'

export function tokenOf(fields: Partial<AccessToken> & Pick<AccessToken, 'id' | 'userId'>): AccessToken {
  return {
    label: null,
    clientId: null,
    prefix: 'prefix_1234',
    createdAt: noon,
    signedInAt: null,
    expiresAt: noon + 1000,
    lastUsedAt: null,
    ...fields,
  }
}

/** The hashes of an invitation's two tokens: `hash` is the one that was revealed. */
export function tokensOf(hash: string): InvitationTokens {
  return { mailed: `mailed ${hash}`, revealed: hash }
}

export function subjectOf(name: string, issuer = 'https://sso.example.com'): ExternalSubject {
  return { issuer, email: `${name}@Example.com`, emailKey: `${name}@example.com` }
}

export function externalTokenOf(fields: Partial<ExternalToken> & Pick<ExternalToken, 'id' | 'subject'>): ExternalToken {
  return {
    label: `device of ${fields.id}`,
    clientId: 'cli',
    prefix: 'prefix_1234',
    createdAt: noon,
    expiresAt: noon + 1000,
    lastUsedAt: null,
    ...fields,
  }
}

export function deviceOf(fields: Partial<DeviceAuthorization> & Pick<DeviceAuthorization, 'id'>): DeviceAuthorization {
  return {
    clientId: 'cli',
    label: 'laptop',
    status: 'pending',
    userId: null,
    network: null,
    createdAt: noon,
    expiresAt: noon + 1000,
    ...fields,
  }
}
