import { z } from 'zod'
import type { MemberMetadata } from '../../../model/membership.js'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { parseEmail } from '../../../model/email.js'
import { authorize } from '../../pipeline/authorize.js'
import { tenantCommand } from '../../pipeline/command.js'
import { invitableRole } from '../../steps/invitations/invitable-role.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import type { AddMemberResult } from '../../steps/members/row-result.js'
import { addOne, inviteOne } from '../../steps/members/add-one.js'
import { accountsAt } from '../../steps/members/allow-direct-add.js'
import { eachAddress } from '../../steps/members/each-address.js'

/** What became of one address: a member, an invitation, or the error that refused it alone. */
export type AddOrInviteResult<Role extends string = string, Metadata = MemberMetadata> = AddMemberResult<
  Role,
  Metadata
> & {
  /** Whose account the address has; `null` where nobody has it. */
  readonly userId: string | null
}

const Asked = z.strictObject({
  email: z.string().max(1000),
  role: z.string(),
  /** Whether they are asked first. Everybody is where the host says `allowDirectAdd: false`. */
  invite: z.boolean().default(false),
})

/** Adds or invites up to 100 people at once, as {@link addMember} does; one who is refused fails alone. The same address twice is one. */
export const addOrInviteMembers = tenantCommand({
  input: z.strictObject({
    members: z.array(Asked).min(1).max(100),
    /** Whether an address that has no account is refused. */
    accountsOnly: z.boolean().default(false),
  }),
  permission: null,
  people: (scope, { members }) =>
    accountsAt(
      scope,
      members.filter(({ invite }) => !invite).map(({ email }) => parseEmail(email)),
    ),
  async run(step, { members, accountsOnly }) {
    const asked = members.map((one) => ({ ...one, invite: one.invite || !step.context.allowDirectAdd }))
    for (const { invite } of asked) authorize(step.context, step, invite ? 'invitation:create' : 'member:add')
    const events: NewEvent[] = []
    const emails: EmailMessage[] = []
    const results = await eachAddress(asked, 'members', async (email, { role: key, invite }) => {
      const role = await invitableRole(step, key)
      const account = await step.tx.users.findByEmailKey(email.emailKey)
      if (accountsOnly && !account) throw new TenancyError('user_not_found', 'No account has this address', {})
      const done = invite
        ? await inviteOne(step, { ...email, role, language: step.user?.language ?? null })
        : await addOne(step, { ...email, roles: [role], active: true })
      events.push(...done.events)
      if (done.mail) emails.push(done.mail)
      return { ...done.result, userId: 'member' in done.result ? done.result.member.userId : (account?.id ?? null) }
    })
    const notified = results.map((result): AddOrInviteResult =>
      'done' in result
        ? { email: result.email, ...result.done }
        : { status: 'failed', email: result.email, error: result.error, userId: null },
    )
    return { result: notified, events, emails }
  },
})
