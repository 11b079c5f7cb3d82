import type { Mailer } from '../../pipeline/email-message.js'

/**
 * A mailer for development: it prints the text of each mail, links and codes included, and sends nothing.
 *
 * @example
 * createTenancy({ …, mailer: consoleMailer() })
 */
export function consoleMailer({ write = printLine }: { readonly write?: (text: string) => void } = {}): Mailer {
  return {
    async send({ to, subject, text }) {
      write(`\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`)
    },
  }
}

function printLine(text: string): void {
  process.stdout.write(text)
}
