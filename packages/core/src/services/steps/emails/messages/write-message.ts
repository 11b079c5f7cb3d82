import escapeHtml from 'escape-html'
import type { Message } from '../../../pipeline/email-message.js'
import type { EmailLanguage } from './language.js'

/** What a mail says, once, for both of its forms. */
export interface Letter {
  readonly language: EmailLanguage
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action?: { readonly label: string; readonly link: string }
  readonly code?: string
  /** Why the reader got this mail and what to do when it was not meant for them. */
  readonly footer: string
}

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif'
const BODY = `margin:0;padding:24px;background:#ffffff;color:#1a1a1a;${FONT};font-size:16px;line-height:1.5`
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1a4fb4;color:#ffffff;border-radius:6px;text-decoration:none'
const CODE = 'margin:24px 0;font-family:monospace;font-size:32px;letter-spacing:6px'
const FOOTER = 'margin-top:32px;color:#595959;font-size:14px'

/** Writes a letter as plain text and as HTML that says the same. */
export function writeMessage(letter: Letter): Message {
  return { subject: letter.subject, text: writeText(letter), html: writeHtml(letter) }
}

function writeText({ paragraphs, action, code, footer }: Letter): string {
  const parts = [...paragraphs, code, action && `${action.label}:\n${action.link}`, footer]
  return parts.filter((part) => part !== undefined).join('\n\n')
}

function writeHtml({ language, subject, paragraphs, action, code, footer }: Letter): string {
  const e = escapeHtml
  const parts = [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${e(subject)}</title></head>`,
    `<body style="${BODY}"><main style="max-width:560px;margin:0 auto">`,
    ...paragraphs.map((paragraph) => `<p>${e(paragraph)}</p>`),
    code === undefined ? '' : `<p style="${CODE}">${e(code)}</p>`,
    action ? `<p><a href="${e(action.link)}" style="${BUTTON}">${e(action.label)}</a></p>` : '',
    action ? `<p style="word-break:break-all"><a href="${e(action.link)}">${e(action.link)}</a></p>` : '',
    `<p style="${FOOTER}">${e(footer)}</p>`,
    `</main></body></html>`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}
