import { fairQueue } from '@tenantry/kysely-storage'

type Send = (...parameters: unknown[]) => unknown

// One queue a connection, however often and by however many storages it is entered.
const known = new WeakMap<object, HostConnection>()

/** @param method the one through which everything is sent. */
export function hostConnection<Target extends object>(
  target: Target,
  method: keyof Target & ('query' | 'executeQuery'),
): HostConnection {
  const connection = known.get(target) ?? new HostConnection(target, method)
  known.set(target, connection)
  return connection
}

/**
 * A connection on which our units and the host's statements take turns, in the order of their arrival.
 *
 * A unit is several messages that belong together. While one runs or waits, the method of the host's object that sends
 * is ours, and keeps what the host sends until its turn. At any other time the object is as the host has it.
 */
export class HostConnection {
  readonly #target: object
  readonly #method: string
  readonly #queue = fairQueue()
  #waiting = 0
  #isPassing = false
  /** What the host sends through, without our part. */
  #send: Send | undefined
  #isWrapped = false
  #unshare = () => {}

  constructor(target: object, method: string) {
    this.#target = target
    this.#method = method
  }

  /** Runs a unit, which sends through what it is given. Nothing of the host's may be awaited in it: it would wait for the end. */
  unit<Result>(run: (send: Send) => Promise<Result>): Promise<Result> {
    return this.#inTurn((send) => run((...parameters) => this.#pass(send, parameters)))
  }

  async #inTurn<Result>(run: (send: Send) => Result): Promise<Awaited<Result>> {
    if (this.#waiting === 0) this.#takeOver()
    this.#waiting += 1
    await this.#queue.enter()
    try {
      return await run(this.#send ?? this.#takeOver())
    } finally {
      this.#queue.leave()
      this.#waiting -= 1
      if (this.#waiting === 0) this.#unshare()
    }
  }

  #takeOver(): Send {
    const [target, method] = [this.#target, this.#method]
    const own = Object.getOwnPropertyDescriptor(target, method)
    // A look at the one method that the constructor was told.
    const before = (target as Record<string, Send>)[method] as Send
    const ours: Send = (...parameters) =>
      this.#isPassing || this.#waiting === 0 ? this.#pass(before, parameters) : this.#keep(before, parameters)
    Object.defineProperty(target, method, { value: ours, configurable: true, writable: true, enumerable: false })
    this.#unshare = () => {
      if (Reflect.get(target, method) !== ours) {
        // Somebody has wrapped ours meanwhile. It stays, and lets everything through; units send beneath it.
        this.#isWrapped = true
        return
      }
      if (own) Object.defineProperty(target, method, own)
      else Reflect.deleteProperty(target, method)
      if (!this.#isWrapped) this.#send = undefined
    }
    return (this.#send ??= before)
  }

  #pass(send: Send, parameters: readonly unknown[]): unknown {
    const outer = this.#isPassing
    this.#isPassing = true
    try {
      return send.apply(this.#target, [...parameters])
    } finally {
      this.#isPassing = outer
    }
  }

  /** Answers what `query` of pg answers: the cursor or stream itself, a promise, or nothing where there is a callback. */
  #keep(send: Send, parameters: readonly unknown[]): unknown {
    const [query, ...others] = parameters
    // pg throws where there is nothing to run.
    if (query === null || query === undefined) return this.#pass(send, parameters)
    const { submit, callback } = query as { readonly submit?: unknown; readonly callback?: unknown }
    // Its turn ends when it is sent: pg keeps the order from there.
    const sent = this.#inTurn(() => ({ answer: this.#pass(send, parameters) })).then(({ answer }) => answer)
    if (typeof submit === 'function') return query
    return [callback, ...others].some((one) => typeof one === 'function') ? undefined : sent
  }
}
