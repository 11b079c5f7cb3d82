import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { writeMessage } from './write-message.js'

/** Greets a new member. */
export function welcomeMessage({ language: tag, data }: EmailMessage<'welcome'>): Message {
  const { tenantName, name } = data
  const language = emailLanguage(tag)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `欢迎加入 ${tenantName}`,
      paragraphs: [name === null ? '您好！' : `${name}，您好！`, `您现在是 ${tenantName} 的成员了。`],
      footer: '您收到此邮件，是因为您刚刚接受了邀请。',
    })
  }
  return writeMessage({
    language,
    subject: `Welcome to ${tenantName}`,
    paragraphs: [name === null ? 'Hello,' : `Hello ${name},`, `You are now a member of ${tenantName}.`],
    footer: 'You get this mail because you have just accepted an invitation.',
  })
}
