import type { DeviceAuthorization } from '../../model/device-authorization.js'
import type { DeviceAuthorizationReads, DeviceAuthorizationRepository } from '../device-authorization-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { DeviceAuthorizationRow, Tables } from './tables.js'

export function deviceAuthorizationReads({ deviceAuthorizations }: Tables): DeviceAuthorizationReads {
  const find = (fits: (row: DeviceAuthorizationRow) => boolean) =>
    deviceAuthorizations.rows(everywhere).find(fits)?.authorization ?? null

  return {
    findByDeviceCode: async (hash) => find(({ deviceCodeHash }) => deviceCodeHash === hash),
    findByUserCode: async (hash) => find(({ userCodeHash }) => userCodeHash === hash),
  }
}

export function deviceAuthorizationRepository(draft: Draft): DeviceAuthorizationRepository {
  const { deviceAuthorizations } = draft.tables

  const change = (
    id: string,
    isMeant: (authorization: DeviceAuthorization) => boolean,
    set: Partial<DeviceAuthorization>,
  ) => {
    const row = deviceAuthorizations.get(everywhere, id)
    if (!row || !isMeant(row.authorization)) return false
    deviceAuthorizations.set(everywhere, id, { ...row, authorization: keep({ ...row.authorization, ...set }) })
    return true
  }

  return {
    ...deviceAuthorizationReads(draft.tables),
    async insert(authorization, { deviceCodeHash, userCodeHash }) {
      const isTaken = (row: DeviceAuthorizationRow) =>
        row.deviceCodeHash === deviceCodeHash || row.userCodeHash === userCodeHash
      if (deviceAuthorizations.rows(everywhere).some(isTaken)) draft.refuse('device_authorization.code')
      deviceAuthorizations.set(everywhere, authorization.id, {
        authorization: keep(authorization),
        deviceCodeHash,
        userCodeHash,
      })
    },
    resolve: async ({ id, now, ...set }) =>
      change(id, ({ status, expiresAt }) => status === 'pending' && expiresAt > now, set),
    redeem: async ({ id, now }) =>
      change(id, ({ status, expiresAt }) => status === 'approved' && expiresAt > now, { status: 'redeemed' }),
    denyApprovedBy: async (userId) =>
      deviceAuthorizations
        .rows(everywhere)
        .filter(({ authorization: { id } }) =>
          change(id, (one) => one.status === 'approved' && one.userId === userId, { status: 'denied' }),
        ).length,
    sweep: async (now) =>
      deviceAuthorizations
        .rows(everywhere)
        .filter(
          ({ authorization: { id, expiresAt } }) => expiresAt <= now && deviceAuthorizations.remove(everywhere, id),
        ).length,
  }
}
