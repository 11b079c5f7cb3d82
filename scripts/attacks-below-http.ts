/** Attacks that cannot be tested over HTTP, or not completely, with the test for each. */
interface HeldBelow {
  readonly id: string
  readonly name: string
  /** The test file, and a part of the test's title. */
  readonly by: readonly [file: string, title: string]
}

const CORE = 'packages/core/src'
const POLICY = `${CORE}/policy/attacks.test.ts`
const RACES = 'packages/testkit/src/concurrency'

// prettier-ignore
export const HELD_BELOW: readonly HeldBelow[] = [
  { id: 'A08', name: 'background work that affects other tenants',                 by: [`${CORE}/services/workers/tenants/purge-tenants.test.ts`, 'removes a tenant with all it holds, and nothing else'] },
  { id: 'B09', name: 'state that a failed transaction leaves on a connection',               by: ['packages/adapter-postgres/src/row-level-security.test.ts', 'nothing is left on a connection, also after a transaction that failed'] },
  { id: 'C15', name: 'a mailbox filled with invitations',                              by: [`${CORE}/services/use-cases/invitations/invite-member.test.ts`, 'stops at so many mails per recipient, per mailbox, per tenant and per network address'] },
  { id: 'C16', name: 'exceeding the seat limit by concurrent acceptances',                by: [`${RACES}/limit-cases.ts`, 'fifty people accept their invitations at once with ten seats left: ten become members'] },
  { id: 'C17', name: 'an acceptance that fails midway',                              by: [`${CORE}/services/use-cases/invitations/accept-invitation.test.ts`, 'leaves the invitation pending when a later step fails'] },
  { id: 'D04', name: 'two concurrent transfers of one tenant',                            by: [`${RACES}/ownership-cases.ts`, 'a tenant is handed over to two members at once: one of them owns it'] },
  { id: 'D06', name: 'an admin of an organization against an operator',                by: [`${CORE}/services/use-cases/organizations/organization-admin.test.ts`, 'D06 leaves a superuser’s membership to others'] },
  { id: 'E01', name: 'a decision with a fact missing',                                 by: [POLICY, 'E01 an error or a missing fact is no'] },
  { id: 'E02', name: 'an invalid configuration',                                 by: [POLICY, 'E02 a broken configuration fails at start'] },
  { id: 'E03', name: 'the permission for an action, but not on this target',             by: [POLICY, 'E03 the right to act is no right on this target'] },
  { id: 'E04', name: 'a permission that was just revoked',                            by: [POLICY, 'E04 a revoked right is gone at the next access()'] },
  { id: 'E05', name: 'a batch with duplicates',                                by: [POLICY, 'E05 a batch with duplicates equals single checks'] },
  { id: 'E06', name: 'a filter that selects a row that a check denies',                by: ['packages/kysely-storage/src/testing/filter-properties.ts', 'E06 a filter equals a check over all rows'] },
  { id: 'E07', name: 'an explanation that contradicts the check',                              by: [POLICY, 'E07 explain equals check'] },
  { id: 'E08', name: 'a grant that removes a permission, a removal that adds one',                  by: [`${CORE}/policy/decide.test.ts`, 'E08 an allowed thing stays allowed when something is granted'] },
  { id: 'F03', name: 'a resource that was deleted and recreated with the same ID',        by: [`${CORE}/services/use-cases/resources/share-resource.test.ts`, 'a resource recreated under the same ID has no old shares (F03)'] },
  { id: 'H05', name: 'an edited or missing event',                                by: [`${CORE}/services/use-cases/events/audit-log.test.ts`, 'is found when an event is gone, the first one too'] },
  { id: 'I02', name: 'an unverified claim on an address against a verified one, in every order', by: [`${CORE}/services/use-cases/users/whose-address.test.ts`, 'gives way when it was %s'] },
  { id: 'I02', name: 'an account without an address that uses an emailed token of another account’s verified address', by: [`${CORE}/services/use-cases/invitations/accept-without-address.test.ts`, 'is refused, and changes nothing, where another account has proven the address'] },
  { id: 'H06', name: 'a change by any route that writes no event, or writes it twice', by: ['packages/http/src/testing/every-route.ts', 'answers what it declares, and writes exactly the events it should'] },
  { id: 'I01', name: 'a link that the inviter saw, used by an account without an address, or by a guest who sets a password', by: [`${CORE}/services/use-cases/invitations/first-password.test.ts`, 'is not opened without giving one, nor by the link that an inviter saw'] },
  { id: 'I05', name: 'a statement of the host between two statements of the library',                     by: ['packages/adapter-sqlite/src/shared-connection.test.ts', 'keeps every row that the host writes while a command is refused, at any of 200 ticks'] },
  { id: 'I09', name: 'one client with many addresses, or many spellings of one',       by: [`${CORE}/services/pipeline/network.test.ts`, 'see one client in %s'] },
  { id: 'I13', name: 'ownership of a resource against a denial',                           by: [`${CORE}/policy/decide.test.ts`, 'I13 ownership does not override the denial of a verb it does not grant'] },
  { id: 'I11', name: 'restrictions removed by verifying an address that another account holds',    by: [`${CORE}/services/steps/users/inherit-account.test.ts`, 'of the account: who was removed needs an approval, and comes back with what was denied'] },
  { id: 'I15', name: 'account enumeration with the link that the inviter saw, bounded',          by: [`${CORE}/services/use-cases/invitations/what-a-link-tells.test.ts`, 'reveals at most ten accounts per day and inviter, once per link'] },
  { id: 'I16', name: 'a misspelled option, a relative link, an unknown time zone',       by: [`${CORE}/check-options.test.ts`, 'I16 refuses %j'] },
]
