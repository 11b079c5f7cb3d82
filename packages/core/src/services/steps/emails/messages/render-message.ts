import type { EmailKind } from '../../../../model/queued-email.js'
import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { accountChangedMessage } from './account-changed.js'
import { addedMessage } from './added.js'
import { invitationMessage } from './invitation.js'
import { joinDecidedMessage } from './join-decided.js'
import { notificationMessage } from './notification.js'
import { transferCodeMessage } from './transfer-code.js'
import { transferDoneMessage } from './transfer-done.js'
import { welcomeMessage } from './welcome.js'

type MessageWriters = { readonly [Kind in EmailKind]: (mail: EmailMessage<Kind>) => Message }

/** The host's own words for some kinds of mail. What goes into `html` has to be escaped there. */
export type Messages = Partial<MessageWriters>

const ours: MessageWriters = {
  invitation: invitationMessage,
  transfer_code: transferCodeMessage,
  transfer_done: transferDoneMessage,
  welcome: welcomeMessage,
  added: addedMessage,
  join_decided: joinDecidedMessage,
  account_changed: accountChangedMessage,
  notification: notificationMessage,
}

/** Line breaks and their like would end the header, and a turned direction would show another subject than it is. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu

/** Words for a mail. Whoever wrote them, the subject is one line, read in one direction. */
export function renderMessage(mail: EmailMessage, messages: Messages): Message {
  // Kind and data come from one Mail, so they belong together.
  const write = (messages[mail.kind] ?? ours[mail.kind]) as (mail: EmailMessage) => Message
  const { subject, text, html } = write(mail)
  return { subject: subject.replace(controls, ' ').trim(), text, html }
}
