import { createTenancy, imageSetting, memoryStorage } from '@tenantry/core'
import { z } from 'zod'

export const tenancy = createTenancy({ storage: memoryStorage(), settings: z.object({ logoId: imageSetting() }) })

/** Stands for the session of your application: here a header says who is signed in. */
export function userOf(header: string | null | undefined) {
  return header ? { id: header, email: `${header}@example.com`, emailVerified: true } : null
}
