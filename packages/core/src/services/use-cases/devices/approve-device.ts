import { resolveDevice } from '../../steps/devices/resolve-device.js'

/**
 * Lets the device that shows this code sign in as the caller. A code that is wrong, used or expired is `invalid_token`.
 * Limited per account and per network address.
 */
export const approveDevice = resolveDevice('approved', 'devices.approve()')
