import { createTenancy, memoryStorage } from '@tenantry/core'
import { consolePreset } from '@tenantry/http'

export const tenancy = createTenancy({ storage: memoryStorage(), ...consolePreset() })

/** Stands for the session of your application: here a header says who is signed in. */
export function userOf(header: string | null | undefined) {
  return header ? { id: header, email: `${header}@example.com`, emailVerified: true } : null
}
