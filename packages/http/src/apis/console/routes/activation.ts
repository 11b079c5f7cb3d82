import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import type { Call, Route } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { Success, SUCCESS } from '../schemas.js'

const tag = 'Activation'
const Token = z.string().max(200)

const checkToken = defineRoute({
  method: 'GET',
  path: '/activate/check',
  summary: 'What the holder of a token is invited to',
  tag,
  public: true,
  query: z.strictObject({ token: Token }),
  response: z.discriminatedUnion('is_valid', [
    z.object({
      is_valid: z.literal(true),
      data: z.object({ workspace_name: z.string(), workspace_id: WireId, email: z.string() }),
    }),
    z.object({ is_valid: z.literal(false) }),
  ]),
  async run({ as, query }) {
    const preview = await as.invitations.preview({ token: query.token })
    if (preview === null) return { is_valid: false as const }
    const { tenantName, tenantId, email } = preview
    return { is_valid: true as const, data: { workspace_name: tenantName, workspace_id: tenantId, email } }
  },
})

const ActivateBody = z.strictObject({
  token: Token,
  name: wireLine(100).min(1).optional(),
  password: z.string().min(8).max(1024).optional(),
  interface_language: z.string().max(35).optional(),
  timezone: z.string().max(64).optional(),
})

/** `null` with external accounts: a user who is signed in at the host needs no access token. */
const Activated = Success.extend({ data: z.object({ access_token: z.string().nullable() }) })

const activate = ({ userManagement }: { readonly userManagement: 'builtin' | 'external' }) =>
  defineRoute({
    method: 'POST',
    path: '/activate',
    summary: 'Accept an invitation: signed in as the invitee, or with a new account for a new address',
    tag,
    public: true,
    body: ActivateBody,
    example: { token: SAMPLE.token, name: 'Ann', interface_language: 'en-US', timezone: 'Europe/Berlin' },
    response: Activated,
    async run(call) {
      const isSignedIn = 'userId' in call.actor
      if (!isSignedIn && userManagement === 'external') throw new TenancyError('unauthenticated', 'Sign in first', {})
      const accessToken = isSignedIn ? await accept(call, userManagement) : await signUp(call)
      return { ...SUCCESS, data: { access_token: accessToken } }
    },
  })

type Activation = Call<unknown, unknown, unknown, z.output<typeof ActivateBody>>

/** An existing account is not changed and keeps the token of the request: no further token is issued. */
async function accept(
  { as, body, accessToken }: Activation,
  userManagement: 'builtin' | 'external',
): Promise<string | null> {
  await as.invitations.accept({ token: body.token })
  return userManagement === 'external' ? null : accessToken
}

async function signUp({ as, body }: Activation): Promise<string> {
  const { token, name, password, interface_language: language, timezone: timeZone } = body
  const { accessToken } = await as.invitations.signUp({ token, name, password, language, timeZone })
  return accessToken
}

const decline = defineRoute({
  method: 'POST',
  path: '/invitations/decline',
  summary: 'Turn an invitation down',
  tag,
  public: true,
  body: z.strictObject({ token: Token }),
  example: { token: SAMPLE.token },
  response: Success,
  async run({ as, body }) {
    await as.invitations.decline({ token: body.token })
    return SUCCESS
  },
})

/** The routes for an invited user. With `userManagement: 'external'`, accepting requires a signed-in user. */
export function activationRoutes(options: { readonly userManagement: 'builtin' | 'external' }): readonly Route[] {
  return [checkToken, activate(options), decline]
}
