import type { IncomingMessage } from 'node:http'

/** What a request of Fastify 5 has that is needed here. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly ip: string
  readonly protocol: string
  readonly host: string
}

/** What a reply of Fastify 5 has that is needed here. */
export interface FastifyReplyLike {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(payload?: unknown): unknown
}
