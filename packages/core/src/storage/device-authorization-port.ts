import type { DeviceAuthorization } from '../model/device-authorization.js'

export interface DeviceAuthorizationReads {
  /** MUST find by the hash of the device's code, whatever the status, `null` when there is none [device-find]. */
  findByDeviceCode(deviceCodeHash: string): Promise<DeviceAuthorization | null>

  /** MUST find by the hash of the user's code, whatever the status, `null` when there is none [device-find-user-code]. */
  findByUserCode(userCodeHash: string): Promise<DeviceAuthorization | null>
}

export interface DeviceAuthorizationRepository extends DeviceAuthorizationReads {
  /**
   * - MUST keep every field as given [device-insert].
   * - MUST refuse a hash that another one has as the same code (`device_authorization.code`) [device-insert-twice].
   */
  insert(
    authorization: DeviceAuthorization,
    hashes: { readonly deviceCodeHash: string; readonly userCodeHash: string },
  ): Promise<void>

  /**
   * A user's word on a pending authorization that expires after `now`.
   *
   * - MUST set status and `userId`, and answer whether it did [device-settle].
   * - MUST change nothing that is no longer pending or has expired: of two at once one is answered `true`
   *   [device-settle-once].
   */
  resolve(change: {
    readonly id: string
    readonly status: 'approved' | 'denied'
    readonly userId: string
    readonly now: number
  }): Promise<boolean>

  /**
   * Makes an approved authorization that expires after `now` `redeemed`.
   *
   * MUST answer `true` once, also when many ask at once, and change nothing else [device-redeem].
   */
  redeem(change: { readonly id: string; readonly now: number }): Promise<boolean>

  /** MUST make what this user approved, and nobody redeemed yet, `denied`, no other's, and answer how many [device-deny-all]. */
  denyApprovedBy(userId: string): Promise<number>

  /** MUST remove those that expired by `now`, and no other, and answer how many [device-sweep]. */
  sweep(now: number): Promise<number>
}
