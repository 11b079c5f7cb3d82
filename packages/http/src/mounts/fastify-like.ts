import type { IncomingMessage } from 'node:http'

/** The properties of a Fastify 5 request that the mount uses. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly ip: string
  readonly protocol: string
  readonly host: string
}

/** The properties of a Fastify 5 reply that the mount uses. */
export interface FastifyReplyLike {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(payload?: unknown): unknown
}
