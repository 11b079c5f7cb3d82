import type { Context } from '../../pipeline/context.js'

/** The part of the context that notifications need. */
export type NotifyingContext = Pick<
  Context,
  'storage' | 'policy' | 'limits' | 'lifetimes' | 'outbox' | 'clock' | 'newId'
>
