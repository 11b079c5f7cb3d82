import type { NotificationKind } from '../../../../model/notification.js'
import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { emailLanguage } from './language.js'
import { writeMessage } from './write-message.js'

type Sentence = (facts: { readonly actor: string; readonly subject: string; readonly tenant: string }) => string

const english: Readonly<Record<NotificationKind, Sentence>> = {
  resource_created: ({ actor, subject, tenant }) => `${actor} added ${subject} to ${tenant}.`,
  resource_updated: ({ actor, subject, tenant }) => `${actor} changed ${subject} in ${tenant}.`,
  comment_added: ({ actor, subject, tenant }) => `${actor} commented on ${subject} in ${tenant}.`,
  member_joined: ({ subject, tenant }) => `${subject} is a member of ${tenant} now.`,
  member_left: ({ subject, tenant }) => `${subject} is no longer a member of ${tenant}.`,
  permissions_changed: ({ actor, tenant }) => `${actor} changed what you may do in ${tenant}.`,
}

const chinese: Readonly<Record<NotificationKind, Sentence>> = {
  resource_created: ({ actor, subject, tenant }) => `${actor} 在 ${tenant} 中新建了 ${subject}。`,
  resource_updated: ({ actor, subject, tenant }) => `${actor} 更新了 ${tenant} 中的 ${subject}。`,
  comment_added: ({ actor, subject, tenant }) => `${actor} 评论了 ${tenant} 中的 ${subject}。`,
  member_joined: ({ subject, tenant }) => `${subject} 已加入 ${tenant}。`,
  member_left: ({ subject, tenant }) => `${subject} 已不再是 ${tenant} 的成员。`,
  permissions_changed: ({ actor, tenant }) => `${actor} 更改了您在 ${tenant} 中的权限。`,
}

/** Tells somebody of an event of a kind that they want mail for. */
export function notificationMessage({ language: tag, data }: EmailMessage<'notification'>): Message {
  const { tenantName: tenant, kind, actorName, subjectName } = data
  const language = emailLanguage(tag)
  if (language === 'zh-Hans') {
    return writeMessage({
      language,
      subject: `${tenant} 有新动态`,
      paragraphs: [chinese[kind]({ actor: actorName ?? '有人', subject: subjectName ?? '一项内容', tenant })],
      footer: '您收到此邮件，是因为您选择了通过邮件接收此类通知。您可以在通知设置中更改。',
    })
  }
  return writeMessage({
    language,
    subject: `News from ${tenant}`,
    paragraphs: [english[kind]({ actor: actorName ?? 'Somebody', subject: subjectName ?? 'something', tenant })],
    footer: 'You get this mail because you chose mail for such news. Your notification settings change that.',
  })
}
