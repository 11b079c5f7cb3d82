import { v7 as uuidv7 } from 'uuid'
import { createEmitter } from './events.js'
import { activationLinkOf, invitationLinkOf } from './links-of.js'
import { compilePolicy } from './policy/policy.js'
import { eventWorkerOf, notifierOf, outboxOf } from './background-workers.js'
import type { Context } from './services/pipeline/context.js'
import { lifetimesOf } from './services/pipeline/lifetimes.js'
import { limitsOf } from './services/pipeline/limits.js'
import { silentLogger } from './services/pipeline/logger.js'
import { newCode, newToken, newUserCode } from './services/pipeline/secrets.js'
import { reservedSlugsOf } from './services/steps/tenants/reserved-slugs.js'
import { storageWithSettings } from './services/steps/tenants/storage-with-settings.js'
import { tokenPrefixesOf } from './services/pipeline/token-prefixes.js'
import { argon2Hasher } from './services/steps/users/argon2-hasher.js'
import type { TenancyOptions } from './tenancy-options.js'

/** What every use case works with, from the host's options and the defaults of those left out. */
export function createContext(options: TenancyOptions): Context {
  const { logger = silentLogger, clock = () => storage.now() } = options
  const { settings, storage } = storageWithSettings(options)
  const policy = compilePolicy(options)
  const tokenPrefixes = tokenPrefixesOf(options.tokenPrefixes)
  const outbox = outboxOf(options)
  const eventDelivery = eventWorkerOf(options)
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
    allowSignUp: options.allowSignUp ?? false,
    userCreation: options.userCreation ?? 'users',
    userVisibility: options.userVisibility ?? 'shared_tenants',
    organizationCreation: options.organizationCreation ?? 'operators',
    operatorAccess: options.operatorAccess ?? true,
    tokenPrefixes,
    clock,
    newId,
    newToken: options.newToken ?? newToken,
    newCode: options.newCode ?? newCode,
    newUserCode: options.newUserCode ?? newUserCode,
    passwords: options.passwords ?? argon2Hasher(),
    outbox,
    eventDelivery,
    notifier,
    invitationLink: invitationLinkOf(options),
    returnInvitationLinks: options.returnInvitationLinks ?? true,
    allowDirectAdd: options.allowDirectAdd ?? true,
    activationLink: activationLinkOf(options),
    reservedSlugs: reservedSlugsOf(options.reservedSlugs),
    removedMemberResources: options.removedMemberResources ?? 'reassign_to_owner',
    emitter: createEmitter(logger),
    logger,
  }
}
