import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { writeMessage } from './write-message.js'

/** Tells somebody who asked to join a tenant what was decided. */
export function joinDecidedMessage({ language: tag, data }: EmailMessage<'join_decided'>): Message {
  const { tenantName, approved } = data
  const language = emailLanguage(tag)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: approved ? `您已加入 ${tenantName}` : `您加入 ${tenantName} 的申请未获批准`,
      paragraphs: [
        approved ? `您加入 ${tenantName} 的申请已获批准，您现在是其成员了。` : `您加入 ${tenantName} 的申请未获批准。`,
      ],
      footer: '您收到此邮件，是因为您曾申请加入。',
    })
  }
  return writeMessage({
    language,
    subject: approved ? `You are in: ${tenantName}` : `Your request to join ${tenantName}`,
    paragraphs: [
      approved
        ? `Your request to join ${tenantName} was approved. You are a member now.`
        : `Your request to join ${tenantName} was not approved.`,
    ],
    footer: 'You get this mail because you asked to join.',
  })
}
