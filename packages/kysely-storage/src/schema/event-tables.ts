import type { EventTarget } from '@tenantry/core'
import type { Json } from './columns.js'

export interface EventTable {
  seq: number
  id: string
  type: string
  actor_id: string | null
  target_type: EventTarget['type']
  target_id: string
  at: number
  ip: string | null
  data: Json
  previous_hash: string | null
  hash: string
}

/** The directory of chains whose events are handed to the host. */
export interface DeliveryChainTable {
  scope_kind: 'tenant' | 'organization' | 'user'
  scope_id: string
  seq: number
  marked_up_to: number
  /** The end of the lease while it is claimed; `null` when nothing waits. */
  due_at: number | null
  waiting_since: number | null
  attempts: number
}

export interface DeadLetterTable {
  id: string
  scope_kind: DeliveryChainTable['scope_kind']
  scope_id: string
  seq: number
  type: string
  attempts: number
  last_error: string
  died_at: number
}
