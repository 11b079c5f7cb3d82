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
const MAX_INPUT_LENGTH = 1000

/**
 * An email address as somebody typed it, and the key under which it is unique. The key is the address trimmed, in lower
 * case, with its domain in NFKC and ASCII (IDNA), so that `Ann@Bücher.example`, `ann＠xn--bcher-kva.example` and
 * ` ANN@bücher.example ` are one address. What stands before the @ is not folded to other characters: a mail server may
 * have `ªnn` and `ann` as two mailboxes. A plus tag is part of the mailbox's name and is kept.
 */
export interface Email {
  readonly email: string
  readonly emailKey: string
}

/** The @ as keyboards of other scripts type it, too. */
const SIGNS = ['@', '\uff20', '\ufe6b']

/** The address and its key, or `null` when the text is no email address (at most 254 characters, RFC 5321). */
export function parseEmail(text: string): Email | null {
  const typed = splitAddress(text)
  return typed && isPlain(typed) ? addressOf(typed) : null
}

/** The parts around the last @, as they were typed. */
interface Typed {
  readonly local: string
  readonly domain: string
}

function splitAddress(text: string): Typed | null {
  if (text.length > MAX_INPUT_LENGTH) return null
  const typed = text.trim()
  const at = Math.max(...SIGNS.map((sign) => typed.lastIndexOf(sign)))
  return at < 1 ? null : { local: typed.slice(0, at), domain: typed.slice(at + 1) }
}

/** Whether compatibility folding leaves the mailbox's name as it is. */
function isPlain({ local }: Typed): boolean {
  return local === local.normalize('NFKC')
}

function addressOf({ local, domain }: Typed): Email | null {
  const shownDomain = domain.normalize('NFKC')
  const email = `${local}@${shownDomain}`
  if (email.length > 254 || !domainName.test(shownDomain)) return null
  const asciiDomain = domainToASCII(shownDomain.toLowerCase())
  const emailKey = `${local.toLowerCase()}@${asciiDomain}`
  return asciiDomain !== '' && address.safeParse(emailKey).success ? { email, emailKey } : null
}

const MALFORMED = 'must be an email address'

/** What is wrong with a text that {@link parseEmail} refuses, as in `email: must be an email address`. */
export function emailProblem(text: string): string {
  const typed = splitAddress(text)
  const folded = typed && !isPlain(typed) ? { ...typed, local: typed.local.normalize('NFKC') } : null
  return folded && addressOf(folded)
    ? `must be written with plain characters before the @, such as ${folded.local}`
    : MALFORMED
}

/**
 * The mailbox that an address most likely leads to: its key without a plus tag. For quotas and for leaving somebody alone,
 * because not every mail server has such tags: two addresses of one mailbox are still two addresses.
 */
export function mailboxOf(emailKey: string): string {
  return emailKey.replace(/^(.[^+@]*)\+[^@]*@/, '$1@')
}

const emailInput = (malformed: string) =>
  z.string().transform((text, context): Email => {
    const parsed = parseEmail(text)
    if (parsed) return parsed
    const message = emailProblem(text).replace(MALFORMED, malformed)
    context.addIssue({ code: 'custom', message, params: { code: 'invalid_email' } })
    return z.NEVER
  })

/** Reads an address, answers {@link Email}. */
export const EmailInput = emailInput(MALFORMED)

/** One message for both, where the difference would say who has an account. */
export const UNAVAILABLE = 'is malformed or taken'

/** {@link EmailInput} of an address that an account shall get. */
export const NewEmailInput = emailInput(UNAVAILABLE)
