import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { writeMessage } from './write-message.js'

/** Tells the old and the new owner alike that the tenant has changed hands. */
export function transferDoneMessage({ language: tag, data }: EmailMessage<'transfer_done'>): Message {
  const { tenantName, oldOwnerName, newOwnerName } = data
  const language = emailLanguage(tag)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `${tenantName} 的所有权已转让`,
      paragraphs: [
        `${oldOwnerName} 已将 ${tenantName} 的所有权转让给 ${newOwnerName}。`,
        `${oldOwnerName} 现在是管理员。`,
      ],
      footer: '您收到此邮件，是因为您是原所有者或新所有者。如果您不知晓此次转让，请立即联系支持人员。',
    })
  }
  return writeMessage({
    language,
    subject: `${tenantName} has a new owner`,
    paragraphs: [
      `${oldOwnerName} handed the ownership of ${tenantName} over to ${newOwnerName}.`,
      `${oldOwnerName} is an admin now.`,
    ],
    footer: 'You get this mail as the old or the new owner. If you know nothing of it, write to your support at once.',
  })
}
