import { v7 as uuidv7 } from 'uuid'
import { createEmitter } from './events.js'
import { activationLinkOf, invitationLinkOf } from './links-of.js'
import { compilePolicy } from './policy/policy.js'
import { eventRelayOf, notifierOf, outboxOf } from './relays-of.js'
import type { Context } from './services/context.js'
import { lifetimesOf } from './services/lifetimes.js'
import { limitsOf } from './services/limits.js'
import { silentLogger } from './services/logger.js'
import { newCode, newToken, newUserCode } from './services/secrets.js'
import { reservedSlugsOf } from './services/tenants/reserved-slugs.js'
import { storageWithSettings } from './services/tenants/storage-with-settings.js'
import { tokenPrefixesOf } from './services/tokens/token-prefixes.js'
import { argon2Hasher } from './services/users/argon2-hasher.js'
import type { TenancyOptions } from './tenancy-options.js'

/** What every use case works with, from the host's options and the defaults of those left out. */
export function createContext(options: TenancyOptions): Context {
  const { logger = silentLogger, clock = () => storage.now() } = options
  const { settings, storage } = storageWithSettings(options)
  const policy = compilePolicy(options)
  const tokenPrefixes = tokenPrefixesOf(options.tokenPrefixes)
  const outbox = outboxOf(options)
  const relay = eventRelayOf(options)
  const limits = limitsOf(options.limits)
  const lifetimes = lifetimesOf(options.lifetimes)
  const newId = options.newId ?? uuidv7
  const notifier = notifierOf(options, { storage, policy, limits, lifetimes, outbox, clock, newId })
  return {
    storage,
    hostTransaction: false,
    policy,
    limits,
    lifetimes,
    defaultPlan: options.defaultPlan ?? 'basic',
    personalTenants: options.personalTenants ?? false,
    settings,
    checkSettings: options.checkSettings ?? null,
    memberMetadata: options.memberMetadata ?? null,
    signUp: options.signUp ?? false,
    usersBy: options.usersBy ?? 'users',
    userDirectory: options.userDirectory ?? 'fellows',
    organizationsBy: options.organizationsBy ?? 'operators',
    operatorAccess: options.operatorAccess ?? true,
    tokenPrefixes,
    clock,
    newId,
    newToken: options.newToken ?? newToken,
    newCode: options.newCode ?? newCode,
    newUserCode: options.newUserCode ?? newUserCode,
    passwords: options.passwords ?? argon2Hasher(),
    outbox,
    relay,
    notifier,
    invitationLink: invitationLinkOf(options),
    revealInvitationLinks: options.revealInvitationLinks ?? true,
    directAdd: options.directAdd ?? true,
    activationLink: activationLinkOf(options),
    reservedSlugs: reservedSlugsOf(options.reservedSlugs),
    resourcesOfLeavers: options.resourcesOfLeavers ?? 'pass_to_owner',
    emitter: createEmitter(logger),
    logger,
  }
}
