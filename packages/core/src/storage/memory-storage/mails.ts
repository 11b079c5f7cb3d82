import type { QueuedMail } from '../../model/queued-mail.js'
import type { MailReads, MailRepository } from '../mail-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

const dueFirst = (a: QueuedMail, b: QueuedMail) => a.dueAt - b.dueAt

export function mailReads({ mails }: Tables): MailReads {
  const having = (status: QueuedMail['status']) => mails.rows(everywhere).filter((mail) => mail.status === status)

  return {
    listDead: async ({ page }) =>
      takePage(having('dead'), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    countDead: async () => having('dead').length,
    async backlog() {
      const queued = having('queued').sort(dueFirst)
      return { waiting: queued.length, oldestDueAt: queued[0]?.dueAt ?? null }
    },
  }
}

export function mailRepository(draft: Draft): MailRepository {
  const { mails } = draft.tables

  const put = (mail: QueuedMail) => {
    const kept = keep(mail)
    mails.set(everywhere, kept.id, kept)
    return kept
  }

  return {
    ...mailReads(draft.tables),
    enqueue: async (mail) => void put(mail),
    claim: async ({ now, limit, leaseUntil }) =>
      mails
        .rows(everywhere)
        .filter(({ status, dueAt }) => status === 'queued' && dueAt <= now)
        .sort(dueFirst)
        .slice(0, limit)
        .map((mail) => put({ ...mail, attempts: mail.attempts + 1, dueAt: leaseUntil })),
    remove: async (id) => mails.remove(everywhere, id),
    async fail(claim, { error, dueAt }) {
      const mail = mails.get(everywhere, claim.id)
      if (mail?.status !== 'queued' || mail.attempts !== claim.attempts || mail.dueAt !== claim.dueAt) return false
      put({ ...mail, lastError: error, ...(dueAt === null ? { status: 'dead' } : { dueAt }) })
      return true
    },
    async revive({ id, now }) {
      const mail = mails.get(everywhere, id)
      if (mail?.status !== 'dead') return false
      put({ ...mail, status: 'queued', dueAt: now, attempts: 0 })
      return true
    },
  }
}
