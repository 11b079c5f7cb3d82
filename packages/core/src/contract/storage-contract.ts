import { accessCases } from './access-cases.js'
import { accessTokenCases } from './access-token-cases.js'
import { commentCases } from './comment-cases.js'
import { commentPlaceCases } from './comment-place-cases.js'
import type { ContractCase } from './contract-case.js'
import { counterCases } from './counter-cases.js'
import { deadLetterCases } from './dead-letter-cases.js'
import { deviceAuthorizationCases } from './device-authorization-cases.js'
import { eventCases } from './event-cases.js'
import { externalTokenCases } from './external-token-cases.js'
import { fileCases } from './file-cases.js'
import { formerMemberCases } from './former-member-cases.js'
import { invitationAddressCases } from './invitation-address-cases.js'
import { invitationCases } from './invitation-cases.js'
import { invitationTokenCases } from './invitation-token-cases.js'
import { invitationListCases } from './invitation-list-cases.js'
import { joinRequestCases } from './join-request-cases.js'
import { lockCases } from './lock-cases.js'
import { emailCases } from './email-cases.js'
import { manyRowsCases } from './many-rows-cases.js'
import { membershipCases } from './membership-cases.js'
import { membershipHolderCases } from './membership-holder-cases.js'
import { membershipListCases } from './membership-list-cases.js'
import { membershipsOfUserCases } from './memberships-of-user-cases.js'
import { notificationCases } from './notification-cases.js'
import { notificationListCases } from './notification-list-cases.js'
import { notificationPreferenceCases } from './notification-preference-cases.js'
import { organizationCases } from './organization-cases.js'
import { organizationMemberCases } from './organization-member-cases.js'
import { organizationMemberListCases } from './organization-member-list-cases.js'
import { adminsWithoutMembershipCases } from './admins-without-membership-cases.js'
import { ownershipTransferCases } from './ownership-transfer-cases.js'
import { purgeCases } from './purge-cases.js'
import { eventDeliveryCases } from './event-delivery-cases.js'
import { eventDeliveryClaimCases } from './event-delivery-claim-cases.js'
import { resourceCases } from './resource-cases.js'
import { resourceListCases } from './resource-list-cases.js'
import { resourceShareCases } from './resource-share-cases.js'
import { resourceOfUserCases } from './resource-of-user-cases.js'
import { resourceTotalCases } from './resource-total-cases.js'
import { roleCases } from './role-cases.js'
import { storageCases } from './storage-cases.js'
import { tenantCases } from './tenant-cases.js'
import { tenantListCases } from './tenant-list-cases.js'
import { tenantOrganizationCases } from './tenant-organization-cases.js'
import { tenantSlugCases } from './tenant-slug-cases.js'
import { transactionCases } from './transaction-cases.js'
import { userCases } from './user-cases.js'
import { userListCases } from './user-list-cases.js'
import { userStateCases } from './user-state-cases.js'

/** What every storage must do: one case for each MUST in the port's documentation. */
export const storageContract: readonly ContractCase[] = [
  ...storageCases,
  ...transactionCases,
  ...lockCases,
  ...accessCases,
  ...tenantCases,
  ...tenantListCases,
  ...tenantOrganizationCases,
  ...tenantSlugCases,
  ...userCases,
  ...userListCases,
  ...userStateCases,
  ...membershipCases,
  ...manyRowsCases,
  ...membershipListCases,
  ...membershipsOfUserCases,
  ...membershipHolderCases,
  ...roleCases,
  ...invitationCases,
  ...invitationTokenCases,
  ...invitationListCases,
  ...invitationAddressCases,
  ...organizationCases,
  ...organizationMemberCases,
  ...organizationMemberListCases,
  ...adminsWithoutMembershipCases,
  ...joinRequestCases,
  ...formerMemberCases,
  ...ownershipTransferCases,
  ...accessTokenCases,
  ...externalTokenCases,
  ...deviceAuthorizationCases,
  ...eventCases,
  ...emailCases,
  ...purgeCases,
  ...eventDeliveryCases,
  ...eventDeliveryClaimCases,
  ...deadLetterCases,
  ...notificationCases,
  ...notificationListCases,
  ...notificationPreferenceCases,
  ...fileCases,
  ...resourceCases,
  ...resourceListCases,
  ...resourceShareCases,
  ...resourceTotalCases,
  ...commentCases,
  ...commentPlaceCases,
  ...resourceOfUserCases,
  ...counterCases,
]
