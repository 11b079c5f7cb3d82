import type { z } from 'zod'
import type { Tenant } from '../../../model/tenant.js'
import type { AccessReads } from '../../../storage/access-port.js'
import type { Reads, Storage } from '../../../storage/port.js'
import type { TenantReads, TenantRepository } from '../../../storage/tenant-port.js'
import { compileSettings } from './compile-settings.js'
import type { TenantSettings } from '../../pipeline/tenant-settings.js'

/**
 * The storage as use cases see it: every tenant that is read has the settings that the host's schema makes of the stored
 * ones, and of what is written only what differs from its default is stored.
 */
export function storageWithSettings(given: { readonly storage: Storage; readonly settings?: z.ZodObject }) {
  const settings = compileSettings(given.settings)
  return { settings, storage: settings.keys.length === 0 ? given.storage : wrapped(given.storage, settings) }
}

function wrapped(storage: Storage, settings: TenantSettings): Storage {
  const read: Reads = overriding(storage.read, {
    access: accessReads(storage.read.access, settings),
    tenants: overriding(storage.read.tenants, tenantReads(storage.read.tenants, settings)),
  })
  return overriding(storage, {
    read,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) =>
        work(
          overriding(tx, {
            access: accessReads(tx.access, settings),
            tenants: overriding(tx.tenants, {
              ...tenantReads(tx.tenants, settings),
              ...tenantWrites(tx.tenants, settings),
            }),
          }),
        ),
      ),
    withTransaction: (hostTransaction) => wrapped(storage.withTransaction(hostTransaction), settings),
  })
}

function accessReads(access: AccessReads, settings: TenantSettings): AccessReads {
  return {
    async find(key) {
      const facts = await access.find(key)
      return facts && { ...facts, tenant: shown(settings, facts.tenant) }
    },
  }
}

function tenantReads(tenants: TenantReads, settings: TenantSettings) {
  const orNull = (tenant: Tenant | null) => tenant && shown(settings, tenant)
  const each = <Row extends { readonly tenant: Tenant }>(row: Row): Row => ({
    ...row,
    tenant: shown(settings, row.tenant),
  })
  return {
    find: async (id) => orNull(await tenants.find(id)),
    listByUser: async (query) => (await tenants.listByUser(query)).map(each),
    listAll: async (query) => (await tenants.listAll(query)).map((tenant) => shown(settings, tenant)),
    listByOrganization: async (query) =>
      (await tenants.listByOrganization(query)).map((tenant) => shown(settings, tenant)),
    async current(query) {
      const current = await tenants.current(query)
      return current && each(current)
    },
  } satisfies Partial<TenantReads>
}

function tenantWrites(tenants: TenantRepository, settings: TenantSettings) {
  return {
    insert: (tenant) => tenants.insert({ ...tenant, settings: settings.toStored(tenant.settings) }),
    async update(change) {
      const { id, set } = change
      if (set.settings === undefined) return tenants.update(change)
      const before = await tenants.find(id)
      return tenants.update({ ...change, set: { ...set, settings: settings.toStored(set.settings, before?.settings) } })
    },
  } satisfies Partial<TenantRepository>
}

function shown(settings: TenantSettings, tenant: Tenant): Tenant {
  return { ...tenant, settings: settings.read(tenant.settings) }
}

/** The target with some of its properties replaced. Its methods stay its own, so that it may be of any class. */
function overriding<Target extends object>(target: Target, properties: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(properties, name)) return Reflect.get(properties, name) as unknown
      const own: unknown = Reflect.get(target, name)
      return typeof own === 'function' ? (own.bind(target) as unknown) : own
    },
  })
}
