import { StorageError } from '@tenantry/core'
import { tablesOfTenants, type Distribution, type StorageDialect, type Tables } from '@tenantry/kysely-storage'
import { sql } from 'kysely'

/** Where Citus keeps a table. */
type Place =
  /** Each row on the node of its column's value; with those of the other table, where one is named. */
  | { readonly by: string; readonly with?: keyof Tables }
  /** Whole on every node. */
  | 'reference'
  /** Whole on the coordinator only. */
  | 'local'

const ofTenant = { by: 'tenant_id', with: 'tenants' } as const

type BesideTenant = Exclude<keyof typeof tablesOfTenants, 'tenants'>

/** Where every table is, in the order in which they are distributed. A table of tenants lies with them, or does not compile. */
const places: Readonly<Record<BesideTenant, typeof ofTenant> & Record<Exclude<keyof Tables, BesideTenant>, Place>> = {
  users: 'reference',
  access_tokens: 'reference',
  external_tokens: 'reference',
  device_authorizations: 'reference',
  tenant_slugs: 'reference',
  invitation_tokens: 'reference',
  mailed_invitation_tokens: 'reference',
  organizations: 'reference',
  organization_members: 'reference',
  notification_preferences: 'reference',
  tenants: { by: 'id' },
  memberships: ofTenant,
  membership_roles: ofTenant,
  tenant_roles: ofTenant,
  invitations: ofTenant,
  join_requests: ofTenant,
  former_members: ofTenant,
  ownership_transfers: ofTenant,
  tenant_events: ofTenant,
  files: ofTenant,
  resources: ofTenant,
  resource_labels: ofTenant,
  comments: ofTenant,
  notifications: ofTenant,
  organization_events: { by: 'organization_id' },
  user_events: { by: 'user_id' },
  // Queues and counters: `skip locked` works on the rows of one server, not on the copies of many.
  mails: 'local',
  relay_chains: 'local',
  dead_events: 'local',
  notification_chains: 'local',
  counters: 'local',
  migrations: 'local',
}

const placeOf = new Map<string, Place>(Object.entries(places))

/** Rows of a person are on every node, and Citus takes a change of them only from a transaction that uses one connection a node. */
export const sequential = "citus.multi_shard_modify_mode = 'sequential'"

/** Citus holds a foreign key to a table that is on every node, or between tables whose rows lie on one node by its columns. */
function mayRefer(from: string, to: string): boolean {
  return placeOf.get(to) === 'reference' || (isOfTenant(from) && isOfTenant(to))
}

function isOfTenant(table: string): boolean {
  return Object.hasOwn(tablesOfTenants, table)
}

function distribution(schema: string): Distribution {
  const nameOf = (table: string) => `"${schema}"."${table}"`
  return {
    mayRefer,
    async distribute(db, tables) {
      for (const [table, place] of placeOf) {
        if (place === 'local' || !tables.includes(table)) continue
        const name = nameOf(table)
        if (place === 'reference') await sql`select create_reference_table(${name})`.execute(db)
        else {
          const other = place.with === undefined ? 'none' : nameOf(place.with)
          await sql`select create_distributed_table(${name}, ${place.by}, colocate_with => ${other})`.execute(db)
        }
      }
    },
  }
}

/** The same database, of which Citus spreads the tables over its nodes. */
export function withCitus(dialect: StorageDialect, schema: string): StorageDialect {
  return {
    ...dialect,
    distribution: distribution(schema),
    async beginMigration(transaction) {
      await dialect.beginMigration(transaction)
      const { rows } = await sql`select from pg_proc where proname = 'create_distributed_table'`.execute(transaction)
      if (rows.length > 0) return
      throw new StorageError(
        'schema',
        'The database has no Citus. Run `create extension citus` on every node as a superuser, or leave `citus` out.',
      )
    },
  }
}
