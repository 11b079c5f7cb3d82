import { z } from 'zod'
import { Id, line, Moment } from './id.js'

export const UserStatus = z.enum(['active', 'disabled', 'deleted'])
export type UserStatus = z.infer<typeof UserStatus>

export const UserName = line(100)

/** What makes no line of text, or turns its direction. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu

/**
 * A name that the host has for somebody already: what does not fit into a {@link UserName} is left out of it, and `null` is
 * what shows nothing. People must not be shut out for how they are called.
 */
export const HostUserName = z.string().transform((name) => {
  const bounded = name.slice(0, 400).replaceAll(UNFIT, ' ').normalize('NFC')
  const parsed = UserName.safeParse(bounded.slice(0, 100).replace(/\p{Cs}$/u, ''))
  return parsed.success ? parsed.data : null
})

/** A BCP 47 language tag that `Intl` takes, such as `en-US` or `zh-Hans`; `_` stands for `-`. */
export const Language = z
  .string()
  .max(35, 'must be at most 35 characters')
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-US')
  .refine(isLanguage, 'must be a language tag such as en-US')

/** An IANA time zone that `Intl` knows, such as `Europe/Berlin`. */
export const TimeZone = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/, 'must be a time zone such as Europe/Berlin')
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-')).length === 1
  } catch {
    return false
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A password as somebody types it to be compared, in normal form (NFC): keyboards disagree on how to write é. */
export const TypedPassword = z
  .string()
  .max(1024, { error: 'must be at most 1024 characters', abort: true })
  .normalize('NFC')

/** At least 8 characters; at most 1024, so that hashing stays bounded. */
export const Password = TypedPassword.min(8, 'must be at least 8 characters')

/**
 * A person, in as many tenants as invited them. `superuser` marks an operator of the installation, `createdBy` the person
 * who made the account for somebody. `waitingSince` marks an account that `members.add` made and that nobody has opened
 * yet; `null` for any other. The password's hash is never part of a user.
 */
export const User = z.object({
  id: Id,
  email: z.string(),
  emailKey: z.string(),
  emailVerifiedAt: Moment.nullable(),
  name: UserName.nullable(),
  avatarUrl: z.string().nullable(),
  language: Language.nullable(),
  timeZone: TimeZone.nullable(),
  superuser: z.boolean(),
  status: UserStatus,
  createdAt: Moment,
  createdBy: Id.nullable(),
  waitingSince: Moment.nullable(),
})
export interface User extends Readonly<z.infer<typeof User>> {}
