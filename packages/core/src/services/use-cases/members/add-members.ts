import { z } from 'zod'
import { isTenancyError, TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantScope, TenantStep } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { AddMemberRow, addressOf, distinctRows, nameOf } from '../../steps/members/add-member-row.js'
import { addOne, addOneMember } from '../../steps/members/add-one.js'
import { refuseDirectAdd } from '../../steps/members/allow-direct-add.js'
import { accountsOf, inBulk } from '../../steps/members/in-bulk.js'
import { checkRolesGiven, rolesOf } from '../../steps/members/member-fields.js'
import type { RowResult } from '../../steps/members/row-result.js'

const MAX_ROWS = 10_000

/** How many rows share a transaction: few enough that the tenant is held for a moment only. Rows that are mailed cost more. */
const BATCH = { silent: 200, mailed: 25 }

const input = z.strictObject({
  members: z.array(AddMemberRow).min(1).max(MAX_ROWS),
  /** Whether they, and those who run the tenant, are told. `false` is for operators. */
  notify: z.boolean().default(true),
})

/**
 * Adds up to 10,000 people, as {@link addMember} does; one who is refused fails alone. The same address twice is one.
 * They are added 25 at a time, 200 with `notify: false`, each time in a transaction of its own: what was added stays when a later one fails, and
 * whoever is a member already fails alone, so that the same call can be made again.
 *
 * Accounts by their ids, `joinedAt` and `notify: false` are for operators: they move memberships that there were before.
 */
export async function addMembers(scope: TenantScope, raw: z.input<typeof input>): Promise<readonly RowResult[]> {
  const { members, notify } = parseInput(input, raw)
  members.forEach(checkRolesGiven)
  const rows = distinctRows(members)
  const results: RowResult[] = []
  const batch = notify ? BATCH.mailed : BATCH.silent
  for (let from = 0; from < rows.length; from += batch) {
    try {
      results.push(...(await addBatch(scope, { members: rows.slice(from, from + batch), notify })))
    } catch (error) {
      if (from === 0 || !isTenancyError(error)) throw error
      return [...results, ...rows.slice(from).map((row): RowResult => ({ ...nameOf(row), status: 'failed', error }))]
    }
  }
  return results
}

const addBatch = tenantCommand({
  input: z.object({ members: z.custom<readonly AddMemberRow[]>(), notify: z.boolean() }),
  permission: 'member:add',
  people: async ({ context }, { members }) =>
    (await accountsOf(context.storage.read.users, members)).map(({ id }) => id),
  async run(given, { members, notify }) {
    refuseDirectAdd(given)
    if (!notify || members.some(({ userId, joinedAt }) => (userId ?? joinedAt) !== undefined)) refuseImport(given)
    const { step, flush } = await inBulk(given, { members, notify })
    const events: NewEvent[] = []
    const emails: EmailMessage[] = []
    const results: RowResult[] = []
    for (const row of members) {
      try {
        const { role, roles, joinedAt, email: _, userId: __, ...terms } = row
        if ((joinedAt ?? 0) > step.now) throw inFuture()
        const address = await addressOf(step.tx, row)
        const named = { ...address, ...terms, joinedAt, notify, roles: await rolesOf(step, { role, roles }) }
        // Who is named by the id is the account that is meant, whosever the address is.
        const done = await (row.userId === undefined ? addOne : addOneMember)(step, named)
        events.push(...done.events)
        if (done.mail) emails.push(done.mail)
        results.push({ ...nameOf(row), ...done.result })
      } catch (error) {
        if (!isTenancyError(error)) throw error
        results.push({ ...nameOf(row), status: 'failed', error })
      }
    }
    await flush()
    return { result: results, events, emails }
  },
})

function inFuture(): TenancyError {
  return new TenancyError('invalid_input', 'joinedAt: must not be in the future', { field: 'joinedAt' })
}

/** Refuses what would let a tenant's own people write a past, or add somebody who is not told. */
function refuseImport({ membership }: TenantStep): void {
  if (membership === null) return
  throw new TenancyError('forbidden', 'Only operators add by user id, with joinedAt or with notify: false', {})
}
