import { consoleMailer, type Mailer } from '@tenantry/core'
import { createTransport } from 'nodemailer'

// A mail server that does not respond must not prevent the process from exiting.
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }

/** Sends emails by SMTP, or prints them on stderr if no server is configured. */
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
