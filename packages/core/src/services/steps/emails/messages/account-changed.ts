import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { writeMessage } from './write-message.js'

/** Notifies the address that an account had of a new password or a new address. */
export function accountChangedMessage({ language: tag, data }: EmailMessage<'account_changed'>): Message {
  const language = emailLanguage(tag)
  const isAddress = data.changed.includes('email')
  const isPassword = data.changed.includes('password')
  if (language === 'zh-Hans') {
    const what = [...(isAddress ? ['邮箱地址'] : []), ...(isPassword ? ['密码'] : [])].join('和')
    return writeMessage({
      language,
      subject: `您账户的${what}已更改`,
      paragraphs: [`您的账户（${data.accountName}）的${what}刚刚已更改。`],
      footer: '如果这不是您本人所为，请立即联系支持人员。',
    })
  }
  const what = [...(isAddress ? ['email address'] : []), ...(isPassword ? ['password'] : [])].join(' and the ')
  return writeMessage({
    language,
    subject: `The ${what} of your account changed`,
    paragraphs: [`The ${what} of your account, ${data.accountName}, changed just now.`],
    footer: 'If you did not do this, contact your support at once.',
  })
}
