import type { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Connection } from 'pg'
import type { PostgresClient } from './postgres-pool.js'

/** Milliseconds that a server has for stopping a statement. */
const PATIENCE = 5_000

/** Where a client of pg is connected, and by which key the server knows it. */
interface Address {
  readonly host: string
  readonly port: number
  readonly ssl: unknown
  readonly sslNegotiation?: string
  readonly processID: number
  readonly secretKey: number
}

interface RunningStatement {
  readonly client: PostgresClient
  readonly answer: Promise<unknown>
  /** The option `stream` of the pool: how it opens connections where `net.connect` does not reach. */
  readonly openStream?: unknown
}

/** What pg's own client does with a connection, and its types leave out. */
interface Wire extends EventEmitter {
  readonly stream: { destroy(error?: Error): unknown }
  connect(port: number | string, host?: string): void
  requestSsl(): void
  cancel(processID: number, secretKey: number): void
}

/**
 * Has the server, or PgBouncer before it, stop what a client runs, and waits for its answer. As the protocol has it, a
 * request to cancel takes a connection of its own and no password. Once this resolves, nothing that the client runs
 * afterwards is stopped; it rejects when no request is taken, or no answer comes.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export async function stopStatement({ client, answer, openStream }: RunningStatement): Promise<void> {
  let answered = false
  const ended = answer.then(() => void (answered = true))
  const late = AbortSignal.timeout(PATIENCE)
  // PgBouncer takes no request for a statement that it still holds back, and then lets it go.
  for (let pause = 50; !answered; pause *= 2) {
    late.throwIfAborted()
    await requestCancel(client, openStream, late)
    await Promise.race([ended, wait(pause, undefined, { signal: late })])
  }
}

async function requestCancel(client: PostgresClient, openStream: unknown, signal: AbortSignal): Promise<void> {
  // What `pg.Client` has; a client of another make may lack it.
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as Partial<Address>
  if (host === undefined || port === undefined || typeof processID !== 'number' || typeof secretKey !== 'number')
    throw new Error('The client of pg does not know by which key the server stops its statement.')
  // Options and methods that its types leave out.
  const stream = typeof openStream === 'function' ? { stream: openStream } : {}
  const wire = new Connection({ ssl, sslNegotiation, ...stream } as object) as unknown as Wire
  const cancel = () => wire.cancel(processID, secretKey)
  const onAbort = () => wire.stream.destroy(new Error('The server did not take a request to cancel.'))
  signal.addEventListener('abort', onAbort)
  try {
    await new Promise<void>((resolve, reject) => {
      wire.on('error', reject)
      wire.on('end', resolve)
      wire.on('sslconnect', cancel)
      wire.on('connect', () => {
        if (!ssl) cancel()
        else if (sslNegotiation !== 'direct') wire.requestSsl()
      })
      if (host.startsWith('/')) wire.connect(`${host}/.s.PGSQL.${port}`)
      else wire.connect(port, host)
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    wire.stream.destroy()
  }
}
