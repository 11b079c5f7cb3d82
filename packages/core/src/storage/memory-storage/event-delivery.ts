import type {
  ChainClaim,
  ChainReads,
  ChainRepository,
  EventDeliveryReads,
  EventDeliveryRepository,
} from '../event-delivery-port.js'
import type { Draft } from './draft.js'
import { chainOf } from './events.js'
import { keep } from './keep.js'
import { everywhere, type Table, type TableDraft } from './table.js'
import type { DeliveryChainRow, Tables } from './tables.js'
import { takePage } from './take-page.js'

export function chainReads(chains: Table<DeliveryChainRow>): ChainReads {
  return {
    async backlog() {
      const due = chains.rows(everywhere).filter(({ dueAt }) => dueAt !== null)
      const moments = due.map(({ waitingSince }) => waitingSince).filter((moment) => moment !== null)
      return {
        waiting: due.reduce((sum, { seq, markedUpTo }) => sum + markedUpTo - seq, 0),
        waitingSince: moments.length > 0 ? Math.min(...moments) : null,
      }
    },
  }
}

export function eventDeliveryReads({ deliveryChains, deadLetters }: Tables): EventDeliveryReads {
  return {
    ...chainReads(deliveryChains),
    findDeadLetter: async (id) => deadLetters.get(everywhere, id) ?? null,
    listDeadLetters: async ({ page }) =>
      takePage(deadLetters.rows(everywhere), page, 'newest', ({ diedAt, id }) => ({ at: diedAt, id })),
    countDeadLetters: async () => deadLetters.rows(everywhere).length,
  }
}

const dueFirst = (a: { dueAt: number }, b: { dueAt: number }) => a.dueAt - b.dueAt

export function chainRepository(chains: TableDraft<DeliveryChainRow>): ChainRepository {
  const put = (row: DeliveryChainRow) => chains.set(everywhere, chainOf(row.scope), keep(row))

  /** Changes a chain that is still claimed, and answers whether it was. */
  function change(claim: ChainClaim, set: (row: DeliveryChainRow) => Partial<DeliveryChainRow>): boolean {
    const row = chains.get(everywhere, chainOf(claim.scope))
    if (row?.dueAt !== claim.leaseUntil || row.seq !== claim.seq) return false
    put({ ...row, ...set(row) })
    return true
  }

  return {
    ...chainReads(chains),
    async mark({ scope, from, upTo, now }) {
      const row = chains.get(everywhere, chainOf(scope))
      const attempts = row?.attempts ?? 0
      const dueAt = row?.dueAt ?? now
      put({
        scope,
        seq: row?.seq ?? from - 1,
        markedUpTo: upTo,
        dueAt: attempts === 0 ? Math.min(dueAt, now) : dueAt,
        waitingSince: Math.min(row?.waitingSince ?? now, now),
        attempts,
      })
    },
    claim: async ({ now, limit, leaseUntil }) =>
      chains
        .rows(everywhere)
        .flatMap(({ dueAt, ...row }) => (dueAt !== null && dueAt <= now ? [{ ...row, dueAt }] : []))
        .sort(dueFirst)
        .slice(0, limit)
        .map((row) => {
          const claimed = { scope: row.scope, seq: row.seq, attempts: row.attempts + 1 }
          put({ ...row, ...claimed, dueAt: leaseUntil })
          return { ...claimed, leaseUntil }
        }),
    advance: async (claim, { seq, at, leaseUntil }) =>
      change(claim, () => ({ seq, attempts: 1, dueAt: leaseUntil, waitingSince: at })),
    release: async (claim, now) =>
      change(claim, (row) => {
        const isWaiting = row.markedUpTo > row.seq
        return { attempts: 0, dueAt: isWaiting ? now : null, waitingSince: isWaiting ? row.waitingSince : null }
      }),
    postpone: async (claim, dueAt) => change(claim, () => ({ dueAt })),
  }
}

export function eventDeliveryRepository(draft: Draft): EventDeliveryRepository {
  const { deliveryChains, deadLetters } = draft.tables
  return {
    ...chainRepository(deliveryChains),
    ...eventDeliveryReads(draft.tables),
    insertDeadLetter: async (event) => deadLetters.set(everywhere, event.id, keep(event)),
    deleteDeadLetter: async (id) => deadLetters.remove(everywhere, id),
  }
}
