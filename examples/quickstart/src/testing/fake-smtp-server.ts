import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** A real SMTP server on the loopback that keeps what arrives. */
export async function openFakeSmtpServer() {
  const arrived: Email[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      buffer(stream)
        .then((content) => PostalMime.parse(content))
        .then((mail) => arrived.push(mail))
        .then(() => done(), done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  // A server that listens on TCP has an address with a port.
  const { port } = server.server.address() as AddressInfo

  /** Waits for the next mail to an address; each is handed out once. */
  async function next(to: string): Promise<Email> {
    for (;;) {
      const index = arrived.findIndex((mail) => mail.to?.some(({ address }) => address === to))
      const [mail] = index < 0 ? [] : arrived.splice(index, 1)
      if (mail) return mail
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  return { url: `smtp://127.0.0.1:${port}`, next }
}
