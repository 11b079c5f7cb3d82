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
