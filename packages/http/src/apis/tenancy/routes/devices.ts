import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { IsoTime } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { SignedIn } from '../schemas.js'
import { currentPassword } from './me.js'

const tag = 'Devices'
const clientId = z.string().max(100)
const userCode = z.string().min(1).max(40)

const startDevice = row({
  method: 'POST',
  path: '/devices',
  operationId: 'startDevice',
  summary: 'Begin to sign in from a device: it shows the user code, and keeps the device code to itself',
  tag,
  public: true,
  status: 201,
  body: z.strictObject({ clientId, deviceLabel: z.string().max(400) }),
  example: { clientId: 'tenantry-cli', deviceLabel: 'laptop' },
  response: z.object({
    deviceCode: z.string(),
    userCode: z.string(),
    expiresAt: IsoTime,
    intervalSeconds: z.number().describe('How long to wait between two requests for the token'),
  }),
  async run({ as, body }) {
    const { deviceCode, userCode, expiresAt, intervalMs } = await as.devices.start(body)
    return { deviceCode, userCode, expiresAt: new Date(expiresAt).toISOString(), intervalSeconds: intervalMs / 1000 }
  },
})

const exchangeDeviceCode = row({
  method: 'POST',
  path: '/devices/token',
  operationId: 'exchangeDeviceCode',
  summary: 'Get the token of a device that its user has approved',
  tag,
  public: true,
  body: z.strictObject({ deviceCode: z.string().max(200), clientId }),
  example: { deviceCode: SAMPLE.deviceCode, clientId: 'tenantry-cli' },
  response: SignedIn,
  run: async ({ as, body }) => present(SignedIn, await as.devices.exchange(body)),
})

const WaitingDevice = z.object({
  clientId: z.string(),
  label: z.string(),
  network: z.string().nullable().describe('One IPv4 address, or a /64 of IPv6'),
  startedAt: IsoTime,
  expiresAt: IsoTime,
})

const lookUpDevice = row({
  method: 'POST',
  path: '/devices/look-up',
  operationId: 'lookUpDevice',
  summary: 'Look up which device waits under a user code',
  tag,
  public: true,
  body: z.strictObject({ userCode }),
  example: { userCode: SAMPLE.userCode },
  response: WaitingDevice,
  async run({ as, body }) {
    const found = await as.devices.lookUp(body)
    if (!found) throw new TenancyError('invalid_token', 'The code is wrong, was used, or has expired', {})
    return present(WaitingDevice, found)
  },
})

const Resolved = z.object({ clientId: z.string(), label: z.string() })

const approveDevice = row({
  method: 'POST',
  path: '/devices/approve',
  operationId: 'approveDevice',
  summary: 'Let the device that shows a user code sign in as the caller',
  tag,
  body: z.strictObject({ userCode, currentPassword }),
  example: { userCode: SAMPLE.userCode },
  response: Resolved,
  run: ({ as, body }) => as.devices.approve(body),
})

const denyDevice = row({
  method: 'POST',
  path: '/devices/deny',
  operationId: 'denyDevice',
  summary: 'Refuse the device that shows a user code',
  tag,
  body: z.strictObject({ userCode }),
  example: { userCode: SAMPLE.userCode },
  response: Resolved,
  run: ({ as, body }) => as.devices.deny(body),
})

export const deviceRoutes = [startDevice, exchangeDeviceCode, lookUpDevice, approveDevice, denyDevice]
