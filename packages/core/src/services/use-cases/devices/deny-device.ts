import { resolveDevice } from '../../steps/devices/resolve-device.js'

/**
 * Refuses the device that shows this code. A code that is wrong, used or expired is `invalid_token`. Limited per account
 * and per network address.
 */
export const denyDevice = resolveDevice('denied', 'devices.deny()')
