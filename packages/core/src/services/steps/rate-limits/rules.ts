import { TenancyError } from '../../../errors.js'

/** How often something may happen per key. */
export interface RateRule {
  readonly points: number
  /** The window begins with the first use of a key. */
  readonly windowMs: number
  /** When there, the last allowed use locks the key for so long from then on: no longer than a window. */
  readonly lockMs?: number
  readonly refusal: (retryAfterMs: number) => TenancyError
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long a device waits between two questions. */
export const POLL_INTERVAL_MS = 5 * SECOND

/**
 * Every rate limit: how many in which window. The host's limits replace the points of the mail rules, but for those of
 * transfers, and of requests; `Infinity` is no limit. Six tries of a code are more than five wrong ones.
 */
// prettier-ignore
export const RATE_RULES = {
  signInFromNetwork:    { points: 10,       windowMs: 15 * MINUTE,              refusal: tooManyTries },
  signInFromUnknown:    { points: 100,      windowMs: HOUR,                     refusal: tooManyTries },
  signInPerIp:          { points: 100,      windowMs: 15 * MINUTE,              refusal: tooManyTries },
  currentPasswordPerUser: { points: 10,     windowMs: 15 * MINUTE,              refusal: tooManyTries },
  newPasswordPerUser:   { points: 10,       windowMs: 15 * MINUTE,              refusal: tooManyTries },
  noticePerUnprovenMailbox: { points: 5,    windowMs: DAY,                      refusal: tooManyEmails('recipient') },
  signUpPerIp:          { points: 20,       windowMs: HOUR,                     refusal: tooManyTries },
  activationPerIp:      { points: 100,      windowMs: 15 * MINUTE,              refusal: tooManyTries },
  activationPerToken:   { points: 10,       windowMs: 15 * MINUTE,              refusal: tooManyTries },
  accountPerMaker:      { points: 100,      windowMs: HOUR,                     refusal: tooManyTries },
  unavailableAddressPerUser: { points: 10,  windowMs: DAY,                      refusal: tooManyTries },
  takenInvitationPerInviter: { points: 10,  windowMs: DAY,                      refusal: tooManyTries },
  takenInvitationPerToken: { points: 1,     windowMs: DAY,                      refusal: tooManyTries },
  deviceStartPerIp:     { points: 30,       windowMs: MINUTE,                   refusal: tooManyTries },
  deviceGuessPerUser:   { points: 30,       windowMs: 15 * MINUTE,              refusal: tooManyTries },
  deviceGuessPerIp:     { points: 60,       windowMs: 15 * MINUTE,              refusal: tooManyTries },
  deviceMissByGuests:   { points: 10_000,   windowMs: HOUR,                     refusal: tooManyTries },
  devicePoll:           { points: 1,        windowMs: POLL_INTERVAL_MS,         refusal: slowDown },
  requestPerToken:      { points: 60,       windowMs: MINUTE,                   refusal: tooManyTries },
  requestPerUser:       { points: 100,      windowMs: MINUTE,                   refusal: tooManyTries },
  invitationGuess:      { points: 30,       windowMs: MINUTE,                   refusal: tooManyTries },
  joinRequestPerUser:   { points: 50,       windowMs: DAY,                      refusal: tooManyTries },
  emailPerRecipient:     { points: 20,       windowMs: HOUR,                     refusal: tooManyEmails('recipient') },
  emailPerMailbox:       { points: 100,      windowMs: HOUR,                     refusal: tooManyEmails('recipient') },
  notificationEmailPerRecipient: { points: 20, windowMs: HOUR,                   refusal: tooManyEmails('recipient') },
  notificationEmailPerMailbox:  { points: 100, windowMs: HOUR,                   refusal: tooManyEmails('recipient') },
  emailPerTenant:        { points: Infinity, windowMs: HOUR,                     refusal: tooManyEmails('tenant') },
  emailPerIp:            { points: Infinity, windowMs: MINUTE,                   refusal: tooManyEmails('ip') },
  transferEmailPerOwner: { points: 1,        windowMs: MINUTE,                   refusal: tooManyEmails('owner') },
  transferEmailPerIp:    { points: 50,       windowMs: MINUTE,                   refusal: tooManyEmails('ip') },
  transferTry:          { points: 6,        windowMs: DAY,         lockMs: DAY, refusal: transfersLocked },
} as const satisfies Record<string, RateRule>

export type RateRuleName = keyof typeof RATE_RULES

function tooManyTries(retryAfterMs: number) {
  return new TenancyError('rate_limited', 'Too many tries; wait and try again', { retryAfterMs })
}

function slowDown(retryAfterMs: number) {
  return new TenancyError('slow_down', 'Asked again too soon', { retryAfterMs })
}

function transfersLocked(retryAfterMs: number) {
  return new TenancyError('transfer_locked', 'Too many wrong codes; ownership transfers are locked', { retryAfterMs })
}

function tooManyEmails(per: 'owner' | 'recipient' | 'tenant' | 'ip') {
  return (retryAfterMs: number) =>
    new TenancyError('email_limit_exceeded', `Too many mails for one ${per}; wait and try again`, { per, retryAfterMs })
}
