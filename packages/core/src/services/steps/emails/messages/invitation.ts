import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { utcTime } from './utc-time.js'
import { writeMessage } from './write-message.js'

/** The offer of a membership, with the link that accepts it. */
export function invitationMessage({ language: tag, data }: EmailMessage<'invitation'>): Message {
  const { tenantName, inviterName, role, link, expiresAt } = data
  const language = emailLanguage(tag)
  const until = utcTime(expiresAt, language)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `${inviterName} 邀请您加入 ${tenantName}`,
      paragraphs: [`${inviterName} 邀请您加入 ${tenantName}，角色为：${role}。`, `邀请有效期至 ${until}。`],
      action: { label: '接受邀请', link },
      footer: '如果您不认识邀请人，请忽略此邮件。在您接受之前，不会发生任何变化。',
    })
  }
  return writeMessage({
    language,
    subject: `${inviterName} invites you to ${tenantName}`,
    paragraphs: [
      `${inviterName} invites you to join ${tenantName}. Your role: ${role}.`,
      `The invitation is good until ${until}.`,
    ],
    action: { label: 'Accept the invitation', link },
    footer: 'If you do not know who invites you, ignore this mail: nothing happens unless you accept.',
  })
}
