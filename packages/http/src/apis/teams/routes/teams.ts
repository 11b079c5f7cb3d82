import { z } from 'zod'
import { collectAll } from '../../../handler/collect-all.js'
import { defineRoute } from '../../../handler/route.js'
import { answerOf, Done, done, Team, TeamOfCaller, TeamThatInvites } from '../schemas.js'
import { AnyId, firstKnown, inTeam, onAccount } from '../ids.js'
import { CREDIT } from '../preset.js'
import { fromWireRole, toInvitationResponse, toTeamResponse, toCallerTeamResponse, toWireRole } from '../responses.js'

const tag = 'Teams'

const Name = z.string().max(1000)
const ModelId = z.string().min(1).max(200)

/** The models of a team; a new team gets the host's defaults for those it does not name. */
const models = {
  llm_id: ModelId.optional(),
  embd_id: ModelId.optional(),
  asr_id: ModelId.optional(),
  img2txt_id: ModelId.optional(),
  rerank_id: ModelId.optional(),
  parser_ids: z.string().min(1).max(1000).optional(),
}
const Changes = z.strictObject({
  ...models,
  name: Name.optional(),
  tts_id: ModelId.optional(),
  credit: z.int().nonnegative().optional(),
})

function settingsOf(given: Omit<z.output<typeof Changes>, 'name'>) {
  const settings = {
    llmId: given.llm_id,
    embdId: given.embd_id,
    asrId: given.asr_id,
    img2txtId: given.img2txt_id,
    rerankId: given.rerank_id,
    ttsId: given.tts_id,
    parserIds: given.parser_ids,
    credit: given.credit,
  }
  const named = Object.entries(settings).filter((entry): entry is [string, string | number] => entry[1] !== undefined)
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

const createTeam = defineRoute({
  method: 'POST',
  path: '/tenant/create',
  summary: 'Create a team; only an operator may create one for another user',
  tag,
  body: z.strictObject({
    ...models,
    name: Name,
    user_id: AnyId.optional(),
    credit: z.int().nonnegative().default(CREDIT),
  }),
  example: { name: 'Initech', llm_id: 'gpt', credit: 100 },
  response: answerOf(Team),
  async run(call) {
    const { name, user_id, ...given } = call.body
    const team = { name, settings: settingsOf(given) }
    if (user_id === undefined) return done(toTeamResponse(await call.as.tenants.create(team)))
    const create = (ownerId: string) => call.as.tenants.create({ ...team, ownerId })
    return done(toTeamResponse(await onAccount(call, user_id, create)))
  },
})

const updateTeam = defineRoute({
  method: 'PUT',
  path: '/tenant/{tenant_id}',
  summary: 'Change what is named of a team',
  tag,
  params: z.strictObject({ tenant_id: AnyId }),
  body: Changes,
  example: { name: 'Initech 2', credit: 7 },
  response: answerOf(Team),
  async run(call) {
    const { name, ...given } = call.body
    const changes = { name, settings: settingsOf(given) }
    return done(toTeamResponse(await inTeam(call, call.params.tenant_id, (team) => team.update(changes))))
  },
})

const answerInvitation = defineRoute({
  method: 'PUT',
  path: '/tenant/update-request/{tenant_id}',
  summary: 'Accept or reject an invitation, as what was offered or as less',
  tag,
  params: z.strictObject({ tenant_id: AnyId }),
  body: z.strictObject({ accept: z.boolean(), role: z.enum(['normal', 'admin']).optional() }),
  example: { accept: true, role: 'normal' },
  response: Done,
  async run({ as, params, body: { accept, role } }) {
    const response = async (tenantId: string) => {
      if (!accept) {
        await as.invitations.declineMine({ tenantId })
        return 'The invitation is rejected'
      }
      const asked = role === undefined ? {} : { role: fromWireRole(role) }
      const { membership } = await as.invitations.acceptMine({ tenantId, ...asked })
      return `Joined the team as ${membership.roles.map(toWireRole).join(', ')}`
    }
    return done(true as const, await firstKnown(params.tenant_id, 'invitation_not_found', response))
  },
})

const listTeams = defineRoute({
  method: 'GET',
  path: '/tenant/list',
  summary:
    'The active teams of the caller, with the role in each, and those that have invited them, with the role invite',
  tag,
  response: answerOf(z.array(z.union([TeamOfCaller, TeamThatInvites]))),
  async run({ as }) {
    const [teams, invitations] = await Promise.all([
      collectAll((page) => as.tenants.list(page)),
      as.invitations.listMine(),
    ])
    return done([...teams.map(toCallerTeamResponse), ...invitations.map(toInvitationResponse)])
  },
})

export const teamRoutes = [createTeam, listTeams, answerInvitation, updateTeam]
