import { expect, test } from 'vitest'
import { consoleMailer } from './console-mailer.js'

test('consoleMailer prints recipient, subject and text', async () => {
  const lines: string[] = []
  const mailer = consoleMailer({ write: (text) => lines.push(text) })
  await mailer.send({ id: 'm1', to: 'bob@example.com', subject: 'Hello', text: 'Come in', html: '<p>Come in</p>' })
  expect(lines.join('')).toContain('To: bob@example.com\nSubject: Hello\n\nCome in\n')
  expect(lines.join('')).not.toContain('<p>')
})
