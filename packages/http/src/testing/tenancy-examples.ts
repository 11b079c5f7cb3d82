import type { Examples } from './api-client.js'
import { OF_MEMBERS } from './tenancy-member-examples.js'
import { OUTSIDE } from './tenancy-outside-examples.js'
import { OF_TENANTS } from './tenancy-tenant-examples.js'

/** An example request for each route. */
export const EXAMPLES: Examples = { ...OF_TENANTS, ...OF_MEMBERS, ...OUTSIDE }
