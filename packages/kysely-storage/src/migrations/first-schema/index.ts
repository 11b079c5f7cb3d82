import { createTables } from '../create-tables.js'
import { members } from './members.js'
import { organizations } from './organizations.js'
import { people } from './people.js'
import { queues } from './queues.js'
import { resources } from './resources.js'
import { tenants } from './tenants.js'

/** The tables of the first release. */
export const firstSchema = createTables('first schema', {
  ...people,
  ...organizations,
  ...tenants,
  ...members,
  ...resources,
  ...queues,
})
