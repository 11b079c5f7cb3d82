import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { utcTime } from './utc-time.js'
import { writeMessage } from './write-message.js'

/** The code that confirms that the owner means to hand the tenant over. It is not in the subject, which phones show. */
export function transferCodeMessage({ language: tag, data }: EmailMessage<'transfer_code'>): Message {
  const { tenantName, code, expiresAt } = data
  const language = emailLanguage(tag)
  const until = utcTime(expiresAt, language)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `确认转让 ${tenantName} 的所有权`,
      paragraphs: [`您正在转让 ${tenantName} 的所有权。请输入以下验证码，有效期至 ${until}。`],
      code,
      footer: '请勿将验证码告诉任何人。如果这不是您本人的操作，请忽略此邮件并修改密码。',
    })
  }
  return writeMessage({
    language,
    subject: `Confirm the transfer of ${tenantName}`,
    paragraphs: [
      `You are about to hand over the ownership of ${tenantName}. Enter this code; it is good until ${until}.`,
    ],
    code,
    footer: 'Tell the code to nobody. If you did not ask for it, ignore this mail and change your password.',
  })
}
