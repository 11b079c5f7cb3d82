import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { utcTime } from './utc-time.js'
import { writeMessage } from './write-message.js'

/** Tells somebody that they are a member now, and how to open an account that has no password yet. */
export function addedMessage({ language: tag, data }: EmailMessage<'added'>): Message {
  const { tenantName, inviterName, roles, activation } = data
  const language = emailLanguage(tag)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `您已加入 ${tenantName}`,
      paragraphs: [
        `${inviterName} 已将您添加到 ${tenantName}，角色为：${roles.join('、')}。`,
        activation === null
          ? '请使用此邮箱地址登录。'
          : `请设置密码以启用您的账户，链接有效期至 ${utcTime(activation.expiresAt, language)}。`,
      ],
      ...(activation && { action: { label: '设置密码', link: activation.link } }),
      footer: `如果您不认识 ${inviterName}，请忽略此邮件，或联系支持人员。`,
    })
  }
  return writeMessage({
    language,
    subject: `You are now a member of ${tenantName}`,
    paragraphs: [
      `${inviterName} added you to ${tenantName}. Your role: ${roles.join(', ')}.`,
      activation === null
        ? 'Sign in with this address.'
        : `Set a password to open your account. The link is good until ${utcTime(activation.expiresAt, language)}.`,
    ],
    ...(activation && { action: { label: 'Set a password', link: activation.link } }),
    footer: `If you do not know ${inviterName}, ignore this mail or write to your support.`,
  })
}
