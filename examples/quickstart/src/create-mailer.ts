import { consoleMailer, type Mailer } from '@tenantry/core'
import { createTransport } from 'nodemailer'

// A mail server that hangs must not keep the process from ending.
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }

/** Sends by SMTP, or prints mails on stderr when there is no server to send to. */
export function createMailer({
  smtpUrl,
  mailFrom,
}: {
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
}): Mailer {
  if (smtpUrl === undefined) return consoleMailer({ write: (text) => void process.stderr.write(text) })
  const transport = createTransport({ url: smtpUrl, ...TIMEOUTS_MS })
  const domain = /@([^\s<>@]+)/.exec(mailFrom)?.[1] ?? 'localhost'
  return {
    async send({ id, ...message }) {
      await transport.sendMail({ ...message, from: mailFrom, messageId: `<${id}@${domain}>` })
    },
  }
}
