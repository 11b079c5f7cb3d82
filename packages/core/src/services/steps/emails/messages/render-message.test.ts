import { expect, test } from 'vitest'
import { NotificationKind } from '../../../../model/notification.js'
import type { EmailKind } from '../../../../model/queued-email.js'
import type { EmailMessage, Message } from '../../../pipeline/email-message.js'
import { renderMessage } from './render-message.js'

const LINK = 'https://app.example/activate?token=abc&from=mail'
const EXPIRES_AT = Date.UTC(2026, 10, 24, 21, 5)
const NASTY = `O'Neil & <script>alert("1")</script>`

const emails: { readonly [Kind in EmailKind]: Omit<EmailMessage<Kind>, 'language'> } = {
  invitation: {
    kind: 'invitation',
    to: 'bob@example.com',
    data: { tenantName: 'Acme', inviterName: 'Ann', role: 'Assistant', link: LINK, expiresAt: EXPIRES_AT },
  },
  transfer_code: {
    kind: 'transfer_code',
    to: 'ann@example.com',
    data: { tenantName: 'Acme', code: '042137', expiresAt: EXPIRES_AT },
  },
  transfer_done: {
    kind: 'transfer_done',
    to: 'ann@example.com',
    data: { tenantName: 'Acme', oldOwnerName: 'Ann', newOwnerName: 'Bob' },
  },
  welcome: { kind: 'welcome', to: 'bob@example.com', data: { tenantName: 'Acme', name: 'Bob' } },
  added: {
    kind: 'added',
    to: 'bob@example.com',
    data: {
      tenantName: 'Acme',
      inviterName: 'Ann',
      roles: ['Editor', 'Astronaut'],
      activation: { link: LINK, expiresAt: EXPIRES_AT },
    },
  },
  join_decided: { kind: 'join_decided', to: 'bob@example.com', data: { tenantName: 'Acme', approved: true } },
  account_changed: {
    kind: 'account_changed',
    to: 'bob@example.com',
    data: { accountName: 'Bob of Acme', changed: ['email', 'password'] },
  },
  notification: {
    kind: 'notification',
    to: 'bob@example.com',
    data: { tenantName: 'Acme', kind: 'resource_updated', actorName: 'Ann', subjectName: 'Buffer recipe' },
  },
}

const kinds = Object.keys(emails) as EmailKind[] // Object.keys forgets which keys there are
const languages = ['en', 'zh-Hans']
const each = kinds.flatMap((kind) => languages.map((language) => ({ kind, language })))

function render(kind: EmailKind, language: string | null, data: object = {}): Message {
  // Kind and data come from the same row of the table above.
  return renderMessage({ ...emails[kind], language, data: { ...emails[kind].data, ...data } } as EmailMessage, {})
}

/** What a reader of the HTML sees. */
function visible(html: string): string {
  const body = html.slice(html.indexOf('<body'))
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  const words = body.replace(/<[^>]*>/g, ' ')
  return words.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity as keyof typeof entities])
}

const squeeze = (text: string) => text.replaceAll(':\n', ' ').replace(/\s+/g, ' ').trim()

test.each(each)('$kind in $language contains its facts in text and HTML', ({ kind, language }) => {
  const { subject, text, html } = render(kind, language)
  if (kind !== 'account_changed') expect(subject).toContain('Acme')
  for (const fact of Object.values(emails[kind].data)) {
    if (typeof fact !== 'string' || fact === 'Assistant' || fact === 'resource_updated') continue
    expect(text).toContain(fact)
    expect(visible(html)).toContain(fact)
  }
})

test.each(each)('$kind in $language has the same content in text and HTML', ({ kind, language }) => {
  const { text, html } = render(kind, language)
  const seen = squeeze(visible(html))
  for (const part of text.split(/:?\n+/)) expect(seen).toContain(squeeze(part))
})

test.each(each)('$kind in $language names its language and is marked up for all readers', ({ kind, language }) => {
  const { html, subject } = render(kind, language)
  expect(html).toContain(`<html lang="${language}">`)
  expect(html).toContain(`<title>${subject}</title>`)
  expect(html).toContain('<main')
})

test.each(each)('$kind in $language escapes whatever people call themselves', ({ kind, language }) => {
  const names = {
    tenantName: NASTY,
    inviterName: NASTY,
    oldOwnerName: NASTY,
    newOwnerName: NASTY,
    actorName: NASTY,
    subjectName: NASTY,
    name: NASTY,
    accountName: NASTY,
    role: NASTY,
  }
  const { text, html } = render(kind, language, names)
  expect(text).toContain(NASTY)
  expect(html).not.toContain('<script')
  expect(html).not.toContain('"1"')
  expect(visible(html)).toContain(NASTY)
})

test.each(each)('$kind in $language has a subject of one line', ({ kind, language }) => {
  const { subject } = render(kind, language, {
    tenantName: 'Acme\r\nBcc: eve@example.com\u2028x\u202e',
    inviterName: 'Ann\n',
  })
  expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
})

test.each(languages)('every notification kind has its own text, also without names, in %s', (language) => {
  const texts = NotificationKind.options.flatMap((kind) => [
    render('notification', language, { kind }).text,
    render('notification', language, { kind, actorName: null, subjectName: null }).text,
  ])
  expect(new Set(texts).size).toBe(2 * NotificationKind.options.length)
  for (const text of texts) expect(text).not.toMatch(/null|undefined/)
})

test('times are in UTC and say so', () => {
  expect(render('invitation', 'en').text).toMatch(/24 November 2026.{1,4}21:05 UTC/)
  expect(render('transfer_code', 'zh').text).toMatch(/2026年11月24日 ?21:05（UTC）/)
})

test.each(languages)('a rejected and an approved join request have different texts, in %s', (language) => {
  const [granted, turnedDown] = [true, false].map((approved) => render('join_decided', language, { approved }))
  expect(granted?.subject).not.toBe(turnedDown?.subject)
  expect(granted?.text).not.toBe(turnedDown?.text)
})

test('the code of a transfer is not in the subject, which phones show', () => {
  for (const language of languages) expect(render('transfer_code', language).subject).not.toContain('042137')
})

test('the added email contains the roles, and how to set a password', () => {
  expect(render('added', 'en').text).toContain('Editor, Astronaut')
  expect(render('added', 'zh').text).toContain('Editor、Astronaut')
  for (const language of languages) {
    const { text, html } = render('added', language)
    expect(text).toContain(LINK)
    expect(visible(html)).toContain(LINK)
    expect(render('added', language, { activation: null }).text).not.toContain('http')
  }
  expect(render('added', 'en').text).toMatch(/24 November 2026.{1,4}21:05 UTC/)
})

test('a new member without a name is greeted without one', () => {
  expect(render('welcome', 'en', { name: null }).text).toMatch(/^Hello,/)
  expect(render('welcome', 'zh', { name: null }).text).toMatch(/^您好/)
})

test.each(['zh', 'zh-CN', 'zh-Hans', 'zh_Hans', 'zh-hans-cn', 'ZH_cn', 'zh-SG'])('%s is answered in Chinese', (tag) => {
  expect(render('welcome', tag).html).toContain('lang="zh-Hans"')
})

test.each(['en', 'en-US', 'de', 'zh-TW', 'zh-Hant', 'zha', 'x-zh', null])('%s is answered in English', (tag) => {
  expect(render('welcome', tag).html).toContain('lang="en"')
})

test('the host may put one kind of mail in its own words, on one line of subject', () => {
  const messages = {
    welcome: ({ data }: EmailMessage<'welcome'>) => ({
      subject: `Hi\r\nBcc: eve@example.com`,
      text: data.tenantName,
      html: '',
    }),
  }
  const own = renderMessage({ ...emails.welcome, language: null }, messages)
  expect(own).toEqual({ subject: 'Hi Bcc: eve@example.com', text: 'Acme', html: '' })
  expect(renderMessage({ ...emails.invitation, language: null }, messages).subject).toBe('Ann invites you to Acme')
})
