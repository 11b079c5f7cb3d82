import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { OrganizationName } from '../../../model/organization.js'
import type { Organization } from '../../../model/organization.js'
import { Slug } from '../../../model/tenant.js'
import { isStorageError } from '../../../storage/storage-error.js'
import { userIdOf } from '../../pipeline/actor.js'
import { globalCommand, requireOperator } from '../../pipeline/command.js'

const input = z.strictObject({
  /** The organization's name in URLs, unique among organizations. */
  shortName: Slug,
  /** Default: the short name. */
  displayName: OrganizationName.optional(),
  /** Who runs it at first. Default: the caller; somebody else needs an operator. */
  adminId: Id.optional(),
})

/** Makes an organization with its first admin. For operators, or for every user where `organizationCreation` says so. */
export const createOrganization = globalCommand({
  input,
  who: 'anyone',
  async prepare({ context, actor }, { adminId }) {
    const id = context.newId()
    const users = [userIdOf(actor), adminId].flatMap((userId) => userId ?? [])
    return { locks: { users }, scope: { organizationId: id }, found: id }
  },
  async run({ context, actor, tx, user, now }, { shortName, displayName = shortName, ...given }, id) {
    const isOwn = user !== null && (given.adminId ?? user.id) === user.id
    if (context.organizationCreation === 'operators' || !isOwn) requireOperator(actor, user)
    const adminId = given.adminId ?? user?.id
    if (adminId === undefined) throw new TenancyError('invalid_input', 'adminId: is missing', { field: 'adminId' })
    const admin = await tx.users.find(adminId)
    if (admin?.status !== 'active') throw new TenancyError('user_not_found', 'No such user', {})
    const organization: Organization = { id, shortName, displayName, createdAt: now }
    await tx.organizations.insert(organization).catch(refuseTakenShortName)
    await tx.organizationMembers.insert({
      organizationId: id,
      userId: adminId,
      active: true,
      admin: true,
      createdAt: now,
    })
    return {
      result: organization,
      events: [
        {
          type: 'organization.created',
          target: { type: 'organization', id },
          data: { shortName, displayName, adminId },
        },
      ],
    }
  },
})

function refuseTakenShortName(error: unknown): never {
  if (!isStorageError(error) || error.constraint !== 'organization.short_name') throw error
  throw new TenancyError('short_name_taken', 'Another organization has this short name', {}, { cause: error })
}
