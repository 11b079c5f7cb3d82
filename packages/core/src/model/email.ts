import { domainToASCII } from 'node:url'
import { z } from 'zod'

// `z.email()` refuses domains that end in an internationalised name, such as `почта.рф`.
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const address = z.email({
  pattern: new RegExp(`^(?!\\.)(?!.*\\.\\.)[a-z0-9_'+.-]*[a-z0-9_+-]@(?:${label}\\.)+(?!\\d)(?=..)${label}$`),
})

// `domainToASCII` reads a domain as a URL's host: it drops line breaks and whatever follows a slash.
const domainName = /^[\p{L}\p{M}\p{N}.\u3002-]+$/u

/** Nobody types more; what is longer is not worth normalising. */
const LONGEST_INPUT = 1000

/**
 * An email address as somebody typed it, and the key under which it is unique. The key is the address in NFKC,
 * trimmed, in lower case, with its domain in ASCII (IDNA), so that `Ann@Bücher.example`, `ann＠xn--bcher-kva.example`
 * and ` ANN@bücher.example ` are one address. A plus tag is part of the mailbox's name and is kept.
 */
export interface Email {
  readonly email: string
  readonly emailKey: string
}

/** The address and its key, or `null` when the text is no email address (at most 254 characters, RFC 5321). */
export function parseEmail(text: string): Email | null {
  if (text.length > LONGEST_INPUT) return null
  const email = text.normalize('NFKC').trim()
  const at = email.lastIndexOf('@')
  if (at < 1 || email.length > 254) return null
  const typedDomain = email.slice(at + 1)
  if (!domainName.test(typedDomain)) return null
  const domain = domainToASCII(typedDomain.toLowerCase())
  const emailKey = `${email.slice(0, at).toLowerCase()}@${domain}`
  return domain !== '' && address.safeParse(emailKey).success ? { email, emailKey } : null
}

/**
 * The mailbox that an address most likely leads to: its key without a plus tag. For quotas alone, because not every mail
 * server has such tags: two addresses of one mailbox are still two addresses.
 */
export function mailboxOf(emailKey: string): string {
  return emailKey.replace(/^([^+@]+)\+[^@]*@/, '$1@')
}

/** Reads an address, answers {@link Email}. */
export const EmailInput = z.string().transform((text, context): Email => {
  const parsed = parseEmail(text)
  if (parsed) return parsed
  context.addIssue({ code: 'custom', message: 'must be an email address', params: { code: 'invalid_email' } })
  return z.NEVER
})
