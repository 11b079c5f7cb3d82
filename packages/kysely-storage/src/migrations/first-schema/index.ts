import type { Migration } from '../migration.js'
import { createTables } from '../table-shape.js'
import { members } from './members.js'
import { organizations } from './organizations.js'
import { people } from './people.js'
import { queues } from './queues.js'
import { resources } from './resources.js'
import { tenants } from './tenants.js'

/** The tables of the first release. */
export const firstSchema: Migration = {
  name: 'first schema',
  up: (db, dialect) =>
    createTables(db, dialect, { ...people, ...organizations, ...tenants, ...members, ...resources, ...queues }),
}
