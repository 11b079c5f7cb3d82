import type { User } from '@tenantry/core'

/** Somebody with this id, as a storage keeps them. */
export function userOf(id: string): User {
  return {
    id,
    email: `${id}@example.com`,
    emailKey: `${id}@example.com`,
    emailVerifiedAt: null,
    name: null,
    avatarUrl: null,
    language: null,
    timeZone: null,
    superuser: false,
    status: 'active',
    createdBy: null,
    waitingSince: null,
    createdAt: 0,
  }
}
