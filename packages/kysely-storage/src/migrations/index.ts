import { addedMembers } from './added-members.js'
import { commentTables } from './comment-tables.js'
import { deviceTables } from './device-tables.js'
import { eventFilters } from './event-filters.js'
import { formerMemberTables } from './former-member-tables.js'
import { firstTables } from './first-tables.js'
import { invitationsByAddress } from './invitations-by-address.js'
import { joinRequestTables } from './join-request-tables.js'
import { makersOfAccounts } from './makers-of-accounts.js'
import { memberMetadata } from './member-metadata.js'
import type { Migration } from './migration.js'
import { networksOfDevices } from './networks-of-devices.js'
import { notificationTables } from './notification-tables.js'
import { organizationTables } from './organization-tables.js'
import { proofsOfAddresses } from './proofs-of-addresses.js'
import { purgeColumns } from './purge-columns.js'
import { relayTables } from './relay-tables.js'
import { resourceLabels } from './resource-labels.js'
import { resourceTables } from './resource-tables.js'
import { roleTables } from './role-tables.js'
import { signInsOfTokens } from './sign-ins-of-tokens.js'
import { tenantKinds } from './tenant-kinds.js'
import { tenantsOfOrganizations } from './tenants-of-organizations.js'

/** Every step of the schema in order. The version of a schema is how many of them were taken. */
export const migrations: readonly Migration[] = [
  firstTables,
  relayTables,
  tenantKinds,
  organizationTables,
  resourceTables,
  joinRequestTables,
  tenantsOfOrganizations,
  roleTables,
  deviceTables,
  purgeColumns,
  commentTables,
  makersOfAccounts,
  notificationTables,
  resourceLabels,
  invitationsByAddress,
  eventFilters,
  memberMetadata,
  formerMemberTables,
  signInsOfTokens,
  networksOfDevices,
  addedMembers,
  proofsOfAddresses,
]
