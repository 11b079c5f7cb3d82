import { z } from 'zod'
import { createTenancy } from '../create-tenancy.js'
import type { Resources } from '../policy/permissions.js'
import type { TenancyOptions } from '../tenancy-options.js'
import type { TenancyEvent } from '../events.js'
import { imageSetting } from '../model/image-setting.js'
import type { MemberMetadata } from '../model/membership.js'
import type { Settings } from '../model/tenant.js'
import type { RoleDefinitions } from '../policy/roles.js'
import { SYSTEM } from '../services/actor.js'
import type { Mailer } from '../services/mails/mail.js'
import { newUserCode } from '../services/secrets.js'
import { memoryStorage } from '../storage/memory-storage/memory-storage.js'
import { issuedSecrets } from './issued-secrets.js'
import { plainHasher } from './plain-hasher.js'
import { readState } from './read-state.js'
import { watchedStorage } from './watched-storage.js'

type Sent = Parameters<Mailer['send']>[0]

const RESOURCES = { invoice: ['create', 'read', 'update', 'delete', 'approve'] }

const SETTINGS = z.object({
  theme: z.string().max(1000).default('light'),
  size: z.number().optional(),
  beta: z.boolean().optional(),
  logoId: imageSetting(),
})

/**
 * A tenancy on the memory storage that does nothing by chance: its clock stands until told to tick, ids, tokens and
 * codes are counted, mails are kept, passwords cost nothing. Its storage is watched: a command that decides without its
 * locks, or that stores or logs a secret, fails.
 */
export async function givenTenancy({ storage = memoryStorage(), ...options }: Partial<TenancyOptions> = {}) {
  let now = Date.UTC(2026, 10, 21, 12)
  const sent: Sent[] = []
  const secrets = issuedSecrets()
  const log = (details: object, message: string) => secrets.assertAbsent('the log', { details, message })
  const counted = (prefix: string, digits = 0) => {
    let count = 0
    return () => `${prefix}${String(++count).padStart(digits, '0')}`
  }
  const tenancy = createTenancy<Resources, RoleDefinitions, MemberMetadata, Settings>({
    storage: watchedStorage(storage, secrets),
    resources: RESOURCES,
    settings: SETTINGS,
    logger: { info: log, warn: log, error: log },
    mailer: { send: async (mail) => void sent.push(mail) },
    secret: 'a secret of at least thirty-two bytes',
    passwords: plainHasher,
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    activationLink: (token) => `https://app.example.com/open?activation=${token}`,
    clock: () => now,
    newId: counted('id-', 6),
    newToken: secrets.remember(counted('token-', 6)),
    newCode: secrets.remember(counted('', 6)),
    newUserCode: secrets.remember(newUserCode),
    ...options,
  })
  const heard: TenancyEvent[] = []
  tenancy.on('*', (event) => heard.push(event))
  const system = tenancy.as(SYSTEM)
  const as = (userId: string) => tenancy.as({ userId })

  /** An account with this id, whose address is `<id>@example.com`, proven unless said otherwise. */
  async function user(id: string, details: { readonly emailVerified?: boolean; readonly superuser?: boolean } = {}) {
    await system.users.create({ id, email: `${id}@example.com`, name: id, emailVerified: true, ...details })
    return as(id)
  }

  /** The token of a new invitation. */
  async function invite(tenantId: string, by: string, { email, role = 'member' }: { email: string; role?: string }) {
    const { link } = await as(by).in(tenantId).members.invite({ email, role })
    return tokenIn(link)
  }

  /** The token of a new invitation that only the mail holds: whoever has it has the mailbox. */
  async function inviteByMail(tenantId: string, by: string, terms: { email: string; role?: string }) {
    await invite(tenantId, by, terms)
    await tenancy.deliverMails()
    return tokenIn(/\S*token=\S+/.exec(sent.at(-1)?.text ?? '')?.[0] ?? null)
  }

  /** Somebody who has an account becomes a member. */
  async function join(tenantId: string, id: string, { role, invitedBy }: { role: string; invitedBy: string }) {
    const token = await invite(tenantId, invitedBy, { email: awkward(`${id}@example.com`), role })
    await as(id).invitations.accept({ token })
  }

  /** A tenant with these people, whose accounts are made, too; the first of them owns it. Answers its id. */
  async function tenant(owner: string, members: Readonly<Record<string, string>> = {}) {
    const { id } = await (await user(owner)).tenants.create({ name: `${owner}'s` })
    for (const [person, role] of Object.entries(members)) {
      await user(person)
      await join(id, person, { role, invitedBy: owner })
    }
    return id
  }

  /** An organization that this person runs, who has an account. Answers its id. */
  async function organization(adminId: string, shortName = `${adminId}-group`) {
    return (await system.organizations.create({ shortName, adminId })).id
  }

  return {
    tenancy,
    storage,
    system,
    sent,
    /** Every event since the beginning, in order. */
    heard,
    as,
    user,
    tenant,
    organization,
    invite,
    inviteByMail,
    join,
    now: () => now,
    tick: (milliseconds: number) => void (now += milliseconds),
    /** What a call told the listeners: each event's type, who did it, to what, and its data. */
    async eventsOf(call: () => Promise<unknown>) {
      const before = heard.length
      await call()
      return heard.slice(before).map(({ type, actorId, target, data }) => ({ type, actorId, target, data }))
    },
    /** Everything one could observe from outside, for comparing before and after. */
    async state() {
      await tenancy.deliverMails()
      return { ...(await readState(storage.read)), sent: [...sent] }
    },
  }
}

export type GivenTenancy = Awaited<ReturnType<typeof givenTenancy>>

/** Two tenants: Acme with a person of every role, each called after it, and Zeta, which belongs to an outsider. */
export async function givenTwoTenants(options: Partial<TenancyOptions> = {}) {
  const given = await givenTenancy(options)
  const acme = await given.tenant('owner', {
    admin: 'admin',
    'other-admin': 'admin',
    editor: 'editor',
    dataset_operator: 'dataset_operator',
    member: 'member',
    viewer: 'viewer',
  })
  const zeta = await given.tenant('outsider')
  return { ...given, acme, zeta, inAcme: (id: string) => given.as(id).in(acme) }
}

/** The same address as people also type it: other case, spaces around it. Tests use it where nothing asks for a spelling. */
function awkward(email: string): string {
  return ` ${email.charAt(0).toUpperCase()}${email.slice(1).replace('@example.com', '@EXAMPLE.Com')} `
}

/** The activation that a mail holds; empty for none. */
export function activationIn(text: string | undefined): string {
  return text?.match(/activation=(\S+)/)?.[1] ?? ''
}

/** What `members.add` did, which was to add. */
export function added<Result extends { readonly status: string }>(
  result: Result,
): Extract<Result, { readonly status: 'added' }> {
  if (result.status !== 'added') throw new Error(`Not added, but ${result.status}.`)
  // As the line before has seen.
  return result as Extract<Result, { readonly status: 'added' }>
}

export function tokenIn(link: string | null): string {
  return link?.split('token=')[1] ?? ''
}
