import type { ListedFellow } from '../../../model/membership.js'
import type { User } from '../../../model/user.js'
import type { Reads } from '../../../storage/port.js'
import type { UserFilter } from '../../../storage/user-port.js'
import { EmailInput } from '../../../model/email.js'
import { Keyword } from '../../../model/id.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { isSystem, unauthenticated } from '../../pipeline/actor.js'
import type { Scope } from '../../pipeline/command.js'
import { globalQuery } from '../../pipeline/query.js'
import { tenantsOf, tenantsWhere } from '../../pipeline/resolve-accesses.js'

/** An account in a list. What is a person's own business, or an operator's, is there of oneself, and for operators. */
export type ListedUser = ListedFellow & Partial<Pick<User, 'superuser' | 'createdBy'>>

/**
 * Accounts that are not deleted, oldest first; `keyword` is part of a name or address, `email` a whole one. Operators
 * see all there are, others themselves, those they made, and members of their tenants, unless the host
 * opens the directory to everyone.
 */
export const listUsers = globalQuery({
  input: PageInput.extend({ keyword: Keyword.optional(), email: EmailInput.optional() }).prefault({}),
  who: 'anyone',
  async run(step, { keyword, email, ...page }) {
    const { read } = step
    const knownTo = await narrowing(step)
    const filter = { keyword: keyword || undefined, emailKey: email?.emailKey, knownTo }
    const rows = await read.users.list({ ...filter, page: pageRequest(page) })
    const lastLogins = await read.users.listLastLogins(rows.map(({ id }) => id))
    const seen = (row: User): ListedUser => ({
      ...(seesAll(step) || row.id === step.user?.id ? row : asStranger(row)),
      lastLoginAt: lastLogins.get(row.id) ?? null,
    })
    return toPage(
      page,
      rows.map(seen),
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.users.count(filter),
    )
  },
})

function seesAll({ actor, user }: Scope & { readonly user: User | null }): boolean {
  return isSystem(actor) || user?.superuser === true
}

function asStranger({ superuser, createdBy, ...memberUser }: User): Omit<User, 'superuser' | 'createdBy'> {
  return memberUser
}

async function narrowing({
  context,
  actor,
  read,
  user,
}: Scope & { readonly read: Reads; readonly user: User | null }): Promise<UserFilter['knownTo']> {
  if (isSystem(actor)) return undefined
  if (!user) throw unauthenticated()
  if (user.superuser || context.userVisibility === 'all') return undefined
  const tenants = await tenantsOf(read, user.id)
  return { userId: user.id, tenantIds: await tenantsWhere(context, read, { user, tenants, permission: 'member:read' }) }
}
