import type { QueuedEmail } from '../../model/queued-email.js'
import type { EmailReads, EmailRepository } from '../email-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

const dueFirst = (a: QueuedEmail, b: QueuedEmail) => a.dueAt - b.dueAt

export function emailReads({ emails }: Tables): EmailReads {
  const having = (status: QueuedEmail['status']) => emails.rows(everywhere).filter((mail) => mail.status === status)

  return {
    listDeadLetters: async ({ page }) =>
      takePage(having('dead'), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    countDeadLetters: async () => having('dead').length,
    async backlog() {
      const queued = having('queued').sort(dueFirst)
      return { waiting: queued.length, oldestDueAt: queued[0]?.dueAt ?? null }
    },
  }
}

export function emailRepository(draft: Draft): EmailRepository {
  const { emails } = draft.tables

  const put = (mail: QueuedEmail) => {
    const kept = keep(mail)
    emails.set(everywhere, kept.id, kept)
    return kept
  }

  return {
    ...emailReads(draft.tables),
    enqueue: async (mail) => void put(mail),
    claim: async ({ now, limit, leaseUntil }) =>
      emails
        .rows(everywhere)
        .filter(({ status, dueAt }) => status === 'queued' && dueAt <= now)
        .sort(dueFirst)
        .slice(0, limit)
        .map((mail) => put({ ...mail, attempts: mail.attempts + 1, dueAt: leaseUntil })),
    remove: async (id) => emails.remove(everywhere, id),
    async fail(claim, { error, dueAt }) {
      const mail = emails.get(everywhere, claim.id)
      if (mail?.status !== 'queued' || mail.attempts !== claim.attempts || mail.dueAt !== claim.dueAt) return false
      put({ ...mail, lastError: error, ...(dueAt === null ? { status: 'dead' } : { dueAt }) })
      return true
    },
    async requeue({ id, now }) {
      const mail = emails.get(everywhere, id)
      if (mail?.status !== 'dead') return false
      put({ ...mail, status: 'queued', dueAt: now, attempts: 0 })
      return true
    },
  }
}
