import { checkedLink } from './services/pipeline/checked-link.js'
import type { TenancyOptions } from './tenancy-options.js'

type Links = Pick<TenancyOptions, 'invitationLink' | 'activationLink' | 'mailer'>

/** Without a mailer the host delivers links itself, and may show them on a page of its own. */
export function invitationLinkOf({ invitationLink, mailer }: Links): (token: string) => string {
  if (invitationLink) return checkedLink('invitationLink', invitationLink, { mailed: mailer !== undefined })
  if (!mailer) return (token) => `/activate?token=${token}`
  throw new TypeError(
    'createTenancy: a mailer needs an invitationLink, such as (token) => `https://app.example.com/activate?token=${token}`',
  )
}

/** What opens accounts that were made by an addition; `null` where they are opened some other way. */
export function activationLinkOf({ activationLink, mailer }: Links): ((token: string) => string) | null {
  return activationLink ? checkedLink('activationLink', activationLink, { mailed: mailer !== undefined }) : null
}
