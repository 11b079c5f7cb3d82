import type { Context } from '../../pipeline/context.js'

/** What telling people takes of the context. */
export type NotifyingContext = Pick<
  Context,
  'storage' | 'policy' | 'limits' | 'lifetimes' | 'outbox' | 'clock' | 'newId'
>
