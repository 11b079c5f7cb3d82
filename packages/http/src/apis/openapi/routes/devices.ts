import { z } from 'zod'
import { isoTime, IsoTime, WireId } from '../../../handler/fields.js'
import { defineRoute, Reply } from '../../../handler/route.js'
import type { Call } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { AccountOfSubject, Success, SUCCESS, WorkspaceOfAccount } from '../schemas.js'
import { collectWorkspaces } from '../collect-workspaces.js'
import { toAccountResponse, toAccountWorkspaceResponse } from '../responses.js'

const tag = 'Signing in from a device'
const ClientId = z.string().max(100)
const UserCode = z.strictObject({ user_code: z.string().min(1).max(40) })

/** The remaining lifetime in seconds, as in OAuth. */
const secondsUntil = (moment: number, now: number) => Math.max(0, Math.floor((moment - now) / 1000))

export interface DeviceRoutesOptions {
  /** The URL of the approval page; `null` if it is not configured. */
  readonly verificationUri: (call: Pick<Call, 'baseUrl'>) => string | null
}

const startDevice = ({ verificationUri }: DeviceRoutesOptions) =>
  defineRoute({
    method: 'POST',
    path: '/oauth/device/code',
    summary: 'Begin to sign in from a device',
    tag,
    public: true,
    body: z.strictObject({ client_id: ClientId, device_label: z.string().max(1000) }),
    example: { client_id: 'tenantry-cli', device_label: 'laptop' },
    response: z.object({
      device_code: z.string(),
      user_code: z.string(),
      verification_uri: z.string(),
      verification_uri_complete: z.string(),
      expires_in: z.int(),
      interval: z.int(),
    }),
    async run(call) {
      const { client_id: clientId, device_label: deviceLabel } = call.body
      const uri = verificationUri(call)
      if (uri === null) return notSetUp()
      const started = await call.as.devices.start({ clientId, deviceLabel })
      return {
        device_code: started.deviceCode,
        user_code: started.userCode,
        verification_uri: uri,
        verification_uri_complete: `${uri}${uri.includes('?') ? '&' : '?'}user_code=${started.userCode}`,
        expires_in: secondsUntil(started.expiresAt, started.startedAt),
        interval: started.intervalMs / 1000,
      }
    },
  })

/** The host name of a request can be forged, so users are never sent to a URL that was not configured. */
function notSetUp(): Reply {
  const message = 'device sign-in is not set up'
  const hint = 'The host must give its publicUrl to the router.'
  return new Reply({ code: 'not_set_up', message, status: 501, hint }, { status: 501 })
}

const exchangeCode = defineRoute({
  method: 'POST',
  path: '/oauth/device/token',
  summary: 'Ask for the token of a device that its user has approved',
  tag,
  public: true,
  body: z.strictObject({ device_code: z.string().max(200), client_id: ClientId }),
  example: { device_code: SAMPLE.deviceCode, client_id: 'tenantry-cli' },
  response: z.object({
    token: z.string(),
    expires_at: IsoTime,
    subject_type: z.literal('account'),
    account: AccountOfSubject,
    workspaces: z.array(WorkspaceOfAccount),
    default_workspace_id: WireId.nullable(),
    token_id: WireId,
  }),
  async run({ tenancy, as, body }) {
    const issued = await as.devices.exchange({ deviceCode: body.device_code, clientId: body.client_id })
    const account = tenancy.as({ userId: issued.user.id })
    return {
      token: issued.accessToken,
      expires_at: isoTime(issued.token.expiresAt),
      subject_type: 'account' as const,
      account: toAccountResponse(issued.user),
      workspaces: (await collectWorkspaces(account)).map(toAccountWorkspaceResponse),
      default_workspace_id: (await account.tenants.current())?.tenant.id ?? null,
      token_id: issued.token.id,
    }
  },
})

const NO_DEVICE = {
  valid: false,
  expires_in_remaining: 0,
  client_id: null,
  device_label: null,
  network: null,
  requested_at: null,
}

const lookUpDevice = defineRoute({
  method: 'GET',
  path: '/oauth/device/lookup',
  summary: 'Whether a device waits under a code, and what is known of who asked',
  tag,
  public: true,
  query: UserCode,
  response: z.object({
    valid: z.boolean(),
    expires_in_remaining: z.int(),
    client_id: z.string().nullable(),
    device_label: z.string().nullable(),
    network: z.string().nullable().describe('One IPv4 address, or a /64 of IPv6'),
    requested_at: IsoTime.nullable(),
  }),
  async run({ as, query }) {
    const found = await as.devices.lookUp({ userCode: query.user_code })
    if (!found) return NO_DEVICE
    return {
      valid: true,
      expires_in_remaining: secondsUntil(found.expiresAt, found.askedAt),
      client_id: found.clientId,
      device_label: found.label,
      network: found.network,
      requested_at: isoTime(found.startedAt),
    }
  },
})

const approveDevice = defineRoute({
  method: 'POST',
  path: '/oauth/device/approve',
  summary: 'Let the device that shows this code sign in as the caller',
  tag,
  hostSession: true,
  // The caller's password, if their last sign-in is not recent.
  body: UserCode.extend({ password: z.string().max(1024).optional() }),
  example: { user_code: SAMPLE.userCode },
  response: Success,
  async run({ as, body }) {
    await as.devices.approve({ userCode: body.user_code, currentPassword: body.password })
    return SUCCESS
  },
})

const denyDevice = defineRoute({
  method: 'POST',
  path: '/oauth/device/deny',
  summary: 'Refuse the device that shows this code',
  tag,
  hostSession: true,
  body: UserCode,
  example: { user_code: SAMPLE.userCode },
  response: Success,
  async run({ as, body }) {
    await as.devices.deny({ userCode: body.user_code })
    return SUCCESS
  },
})

export const deviceRoutes = (options: DeviceRoutesOptions) => [
  startDevice(options),
  exchangeCode,
  lookUpDevice,
  approveDevice,
  denyDevice,
]

/** Routes of the approval page. Only with built-in accounts. */
export const signInRoute = defineRoute({
  method: 'POST',
  path: '/oauth/device/sign-in',
  summary: 'Sign in by email and password, to answer a device',
  tag,
  public: true,
  body: z.strictObject({ email: z.string().max(1000), password: z.string().max(1024) }),
  example: { email: SAMPLE.email, password: SAMPLE.password },
  response: z.object({ token: z.string(), expires_at: IsoTime }),
  async run({ as, body }) {
    const { accessToken, token } = await as.users.signIn(body)
    return { token: accessToken, expires_at: isoTime(token.expiresAt) }
  },
})
