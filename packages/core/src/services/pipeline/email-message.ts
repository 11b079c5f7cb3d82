import type { NotificationKind } from '../../model/notification.js'
import type { EmailKind } from '../../model/queued-email.js'

/** What each kind of mail tells. */
export interface EmailData {
  invitation: {
    readonly tenantName: string
    readonly inviterName: string
    /** The role's name, in the language of the email where it has one. */
    readonly role: string
    readonly link: string
    readonly expiresAt: number
  }
  transfer_code: { readonly tenantName: string; readonly code: string; readonly expiresAt: number }
  transfer_done: { readonly tenantName: string; readonly oldOwnerName: string; readonly newOwnerName: string }
  welcome: { readonly tenantName: string; readonly name: string | null }
  added: {
    readonly tenantName: string
    /** Who added them. */
    readonly inviterName: string
    /** The names of their roles, in the language of the email where they have one. */
    readonly roles: readonly string[]
    /** What opens an account that has no password yet. */
    readonly activation: { readonly link: string; readonly expiresAt: number } | null
  }
  /** To the address that the account had before. */
  account_changed: {
    /** The person's name, or else that address. */
    readonly accountName: string
    readonly changed: readonly ('email' | 'password')[]
  }
  join_decided: { readonly tenantName: string; readonly approved: boolean }
  notification: {
    readonly tenantName: string
    readonly kind: NotificationKind
    /** Who did it; `null` for the host's own code, and for a person who is gone. */
    readonly actorName: string | null
    /** What it is about: a resource's name, or a member's. */
    readonly subjectName: string | null
  }
}

/** A mail to be sent: what kind, to whom, in which language, and its facts. */
export type EmailMessage<Kind extends EmailKind = EmailKind> = Kind extends EmailKind
  ? {
      readonly kind: Kind
      readonly to: string
      readonly language: string | null
      readonly data: EmailData[Kind]
    }
  : never

/** A mail, rendered. `html` and `text` say the same. */
export interface Message {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Sends one message; rejects when it could not. nodemailer's transport fits with `from` bound. */
export interface Mailer {
  send(
    message: Message & {
      readonly to: string
      /** Stable per mail, for the Message-ID: a repeated delivery can be recognised. */ readonly id: string
    },
  ): Promise<void>
}
