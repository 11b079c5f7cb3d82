import { SYSTEM, type Tenancy, type TenancyEvent } from '@tenantry/core'

/** A host that has a table `company (name)` beside ours, and one transaction open. */
export interface OpenHost {
  /** What `withTransaction()` takes. */
  readonly transaction: unknown
  insertCompany(name: string): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface HostUnderTest {
  /** The tenancy of the host, with {@link companyOptions}, to whom Ann and Bob are known. */
  readonly tenancy: Tenancy
  /** Another one on the same database, over connections of its own. */
  readonly elsewhere: Tenancy
  begin(): Promise<OpenHost>
  /** What others see in a table: of the host, or of ours by its bare name. */
  count(table: string): Promise<number>
}

/** What the host was told, and the mails it sent. */
export interface Told {
  readonly heard: TenancyEvent[]
  readonly delivered: TenancyEvent[]
  readonly sent: string[]
}

export function companyOptions(notified: Told) {
  return {
    invitationLink: (token: string) => `https://app.example.com/activate?token=${token}`,
    emailEncryptionKey: 'a secret of at least thirty-two bytes',
    mailer: { send: async (mail: { readonly to: string }) => void notified.sent.push(mail.to) },
    onEvent: async (event: TenancyEvent) => void notified.delivered.push(event),
    limits: { membersPerTenant: 30, tenantsPerUser: 30, pendingInvitationsPerTenant: 2 },
  }
}

export async function annAndBobFixture(tenancy: Tenancy): Promise<void> {
  for (const id of ['ann', 'bob']) {
    await tenancy.as(SYSTEM).users.create({ id, email: `${id}@example.com`, emailVerified: true })
  }
  await tenancy.flushEvents()
}
