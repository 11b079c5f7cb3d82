import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { createOutbox } from '../../workers/emails/create-outbox.js'
import type { EmailMessage, Mailer } from '../../pipeline/email-message.js'

const LINK = 'https://app.example/activate?token=s3cr3t-t0k3n&a=b'
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A real SMTP server on the loopback, and a mailer that sends to it as a host would write one. */
async function smtpServer(refused: ReadonlySet<string> = new Set()) {
  const arrived: Email[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(refused.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          arrived.push(mail)
          done()
        }, done)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  closing.push(
    async () => transport.close(),
    () => new Promise<void>((resolve) => server.close(() => resolve())),
  )
  const mailer: Mailer = {
    async send({ id, ...message }) {
      await transport.sendMail({
        ...message,
        from: 'Tenantry <no-reply@app.example>',
        messageId: `<${id}@app.example>`,
      })
    },
  }
  return { mailer, arrived }
}

async function deliver(mailer: Mailer, ...emails: readonly EmailMessage[]) {
  const storage = memoryStorage()
  const outbox = createOutbox({ storage, mailer, secret: 'a secret of at least thirty-two bytes', clock: () => 1_000 })
  for (const [index, mail] of emails.entries()) {
    const queued = outbox.seal({ id: `m${index + 1}`, tenantId: null, mail, now: 1_000 })
    await storage.transaction({}, (tx) => tx.emails.enqueue(queued))
  }
  return { storage, result: await outbox.deliverDue() }
}

function invitation(to: string, tenantName: string, language: string | null = null): EmailMessage<'invitation'> {
  const data = { tenantName, inviterName: 'Ann', role: 'Editor', link: LINK, expiresAt: Date.UTC(2026, 10, 24, 9, 30) }
  return { kind: 'invitation', to, language, data }
}

test('an invitation arrives over SMTP with its link in both forms', async () => {
  const { mailer, arrived } = await smtpServer()
  const { result } = await deliver(mailer, invitation('bob@example.com', 'Acme & <Sons>'))
  expect(result).toEqual({ sent: 1, failed: 0 })
  expect(arrived).toMatchObject([
    {
      subject: 'Ann invites you to Acme & <Sons>',
      to: [{ address: 'bob@example.com' }],
      messageId: '<m1@app.example>',
    },
  ])
  expect(arrived[0]?.text).toContain(LINK)
  expect(arrived[0]?.html).toContain(`href="${LINK.replace('&', '&amp;')}"`)
})

test('Chinese arrives as written', async () => {
  const { mailer, arrived } = await smtpServer()
  await deliver(mailer, invitation('bob@example.com', '极客公司', 'zh-Hans'))
  expect(arrived[0]?.subject).toBe('Ann 邀请您加入 极客公司')
  expect(arrived[0]?.text).toContain('接受邀请')
})

test('a name with a line break in it makes no header', async () => {
  const { mailer, arrived } = await smtpServer()
  await deliver(mailer, invitation('bob@example.com', 'Acme\r\nBcc: eve@example.com\r\n\r\nhello'))
  expect(arrived).toHaveLength(1)
  expect(arrived[0]).not.toHaveProperty('bcc')
  expect(arrived[0]?.to).toMatchObject([{ address: 'bob@example.com' }])
  expect(arrived[0]?.subject).toBe('Ann invites you to Acme Bcc: eve@example.com hello')
})

test('a mailbox the server refuses fails alone and waits for its next attempt', async () => {
  const { mailer, arrived } = await smtpServer(new Set(['nobody@example.com']))
  const { storage, result } = await deliver(
    mailer,
    invitation('nobody@example.com', 'Acme'),
    invitation('bob@example.com', 'Acme'),
  )
  expect(result).toEqual({ sent: 1, failed: 1 })
  expect(arrived.map(({ to }) => to?.[0]?.address)).toEqual(['bob@example.com'])
  expect(await storage.read.emails.backlog()).toMatchObject({ waiting: 1 })
})
