import type { approveDevice } from '../services/use-cases/devices/approve-device.js'
import type { exchangeDeviceCode } from '../services/use-cases/devices/exchange-device-code.js'
import type { lookUpDevice } from '../services/use-cases/devices/look-up-device.js'
import type { startDevice } from '../services/use-cases/devices/start-device.js'
import type { InputOf } from './input-of.js'
import type { SignedIn } from './users-client.js'

export interface StartDeviceInput extends InputOf<typeof startDevice> {}
export interface LookUpDeviceInput extends InputOf<typeof lookUpDevice> {}
export interface ResolveDeviceInput extends InputOf<typeof approveDevice> {}
export interface ExchangeDeviceCodeInput extends InputOf<typeof exchangeDeviceCode> {}

/** The codes of a device that signs in, which are shown this once. Times are milliseconds since 1970. */
export interface StartedDevice extends Awaited<ReturnType<typeof startDevice>> {}

/** A device that waits for approval: what it calls itself, and where and when it asked. */
export interface WaitingDevice extends NonNullable<Awaited<ReturnType<typeof lookUpDevice>>> {}

/** A device that was approved or denied. */
export interface ResolvedDevice extends Awaited<ReturnType<typeof approveDevice>> {}

/** Sign-in on devices without a keyboard (RFC 8628). */
export interface DevicesClient {
  /**
   * Starts the sign-in of a device, which shows `userCode` and keeps `deviceCode` secret.
   *
   * @throws {TenancyError} `rate_limited` per network address.
   */
  start(input: StartDeviceInput): Promise<StartedDevice>
  /**
   * Returns the device that waits under a user code, or `null`.
   *
   * @throws {TenancyError} `rate_limited` per account and network address.
   */
  lookUp(input: LookUpDeviceInput): Promise<WaitingDevice | null>
  /**
   * Lets the device with this user code sign in as the caller.
   *
   * @throws {TenancyError} `invalid_token` for a wrong, used or expired code; `reauthentication_required`; `rate_limited`.
   */
  approve(input: ResolveDeviceInput): Promise<ResolvedDevice>
  /**
   * Denies the device with this user code.
   *
   * @throws {TenancyError} `invalid_token` for a wrong, used or expired code; `rate_limited`.
   */
  deny(input: ResolveDeviceInput): Promise<ResolvedDevice>
  /**
   * Exchanges the device code for an access token, once the user has approved the device.
   *
   * @throws {TenancyError} `authorization_pending`; `slow_down`; `access_denied`; `expired_token`; `invalid_token`.
   */
  exchange(input: ExchangeDeviceCodeInput): Promise<SignedIn>
}
