import { describe, expect, it } from 'vitest'
import { createTenancy, memoryStorage, SYSTEM } from './index.js'

const mailer = { send: async () => {} }
const emailEncryptionKey = 'a secret of at least thirty-two bytes'
const start = (options: object) => () => createTenancy({ storage: memoryStorage(), ...options })

describe('createTenancy', () => {
  it.each([
    [{ allowDirectAd: true }, 'createTenancy: there is no option "allowDirectAd"; did you mean "allowDirectAdd"?'],
    [{ operatoraccess: false }, 'did you mean "operatorAccess"?'],
    [{ something: 1 }, 'createTenancy: there is no option "something"'],
    [{ lifetimes: { invitations: 1 } }, 'lifetimes: there is no option "invitations"; did you mean "invitation"?'],
    [{ limits: { tenantPerUser: 1 } }, 'did you mean "tenantsPerUser"?'],
    [{ tokenPrefixes: { acount: 'a_' } }, 'tokenPrefixes: there is no option "acount"; did you mean "account"?'],
    [{ messages: { invitations: () => {} } }, 'messages: there is no option "invitations"'],
    [{ clock: 5 }, 'clock: needs a function'],
    [{ mailer: {} }, 'mailer: needs an object with send()'],
    [{ logger: () => {} }, 'logger: needs an object with error()'],
    [
      { storage: {} },
      'storage: needs an object with migrate(), check(), transaction(), withTransaction(), now(), close()',
    ],
    [{ storage: undefined }, 'needs a storage: sqliteStorage(…), postgresStorage(…) or memoryStorage()'],
    [{ reservedSlugs: 'admin' }, 'reservedSlugs: needs a list of slugs'],
  ])('I16 refuses %j', (options, message) => {
    expect(start(options)).toThrow(TypeError)
    expect(start(options)).toThrow(message)
  })

  it('says what it needs when it is given nothing', () => {
    expect(() => createTenancy({} as never)).toThrow('createTenancy: needs a storage')
    expect(() => createTenancy(undefined as never)).toThrow('createTenancy: needs an object of options')
  })

  it('refuses an unknown option of a literal in TypeScript, too', () => {
    // @ts-expect-error -- misspelt
    expect(() => createTenancy({ storage: memoryStorage(), allowSingUp: true })).toThrow('did you mean "allowSignUp"?')
  })
})

describe('a link', () => {
  it('is needed with a mailer', () => {
    expect(start({ mailer, emailEncryptionKey })).toThrow('a mailer needs an invitationLink')
  })

  it.each([
    ['undefined', () => undefined, 'returns undefined, not a link'],
    ['null', () => null, 'returns null, not a link'],
    ['empty', () => '', 'returns an empty link'],
    ['blank', () => ' ', 'returns an empty link'],
    ['relative', (token: string) => `/activate?token=${token}`, 'returns a relative link'],
    ['javascript:', (token: string) => `javascript:open("${token}")`, 'returns a javascript: link'],
    ['hidden javascript:', (token: string) => ` java\nscript:open("${token}")`, 'returns a javascript: link'],
    ['data:', (token: string) => `data:text/html,${token}`, 'returns a data: link'],
  ])('I16 that is %s is refused at the start', (_, link, problem) => {
    const good = (token: string) => `https://app.example.com/?token=${token}`
    expect(start({ mailer, emailEncryptionKey, invitationLink: link })).toThrow(`invitationLink: ${problem}`)
    expect(start({ mailer, emailEncryptionKey, invitationLink: good, activationLink: link })).toThrow(
      `activationLink: ${problem}`,
    )
    if (problem.includes('relative')) start({ invitationLink: link })()
    else expect(start({ invitationLink: link })).toThrow(`invitationLink: ${problem}`)
  })

  it('that goes wrong later is refused at its use, without its token, and nothing is written', async () => {
    let base: string | undefined = 'https://app.example.com'
    const invitationLink = (token: string) => (base === undefined ? `javascript:${token}` : `${base}/?token=${token}`)
    const tenancy = createTenancy({
      storage: memoryStorage(),
      mailer,
      emailEncryptionKey,
      invitationLink,
      newToken: () => 's3cr3t',
    })
    await tenancy.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com' })
    const ann = tenancy.as({ userId: 'ann' })
    const { id } = await ann.tenants.create({ name: 'Acme' })
    base = undefined
    const failure = await ann.in(id).members.invite({ email: 'bob@example.com', role: 'member' }).catch(String)
    expect(failure).toBe('TypeError: invitationLink: returns a javascript: link, which is no web address')
    expect((await ann.in(id).invitations.list()).items).toEqual([])
  })
})

describe('a language and a time zone', () => {
  it.each([
    [{ timeZone: 'Europe/Nowhere' }, 'timeZone'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ language: 'en-US-US' }, 'language'],
    [{ language: 'de-1' }, 'language'],
  ])('I16 that Intl does not know is refused: %j', async (details, field) => {
    const { users } = createTenancy({ storage: memoryStorage() }).as(SYSTEM)
    const refused = { code: 'invalid_input', details: { field } }
    await expect(users.create({ email: 'ann@example.com', ...details })).rejects.toMatchObject(refused)
    const { id: userId } = await users.create({ email: 'bob@example.com' })
    await expect(users.update({ userId, ...details })).rejects.toMatchObject(refused)
  })

  it.each([
    { timeZone: 'Europe/Berlin', language: 'de' },
    { timeZone: 'UTC', language: 'zh-Hans' },
    { timeZone: 'America/Argentina/Buenos_Aires', language: 'en_US' },
  ])('that Intl knows is kept as it was typed: %j', async (details) => {
    const { users } = createTenancy({ storage: memoryStorage() }).as(SYSTEM)
    expect(await users.create({ email: 'ann@example.com', ...details })).toMatchObject(details)
  })
})
