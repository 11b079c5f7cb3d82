import { parseArgs } from 'node:util'

export interface CommandLine {
  readonly help: boolean
  readonly json: boolean
  readonly resetTokens: boolean
}

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const USAGE = `\
Usage: npx -y pnpm@12.21.0 start [options]

Starts a server with all five APIs. The first start creates an operator and a demo workspace with an owner, and prints
their access tokens, which are valid for 14 days.

Options
  --json           print only one line of JSON on stdout
  --reset-tokens   print new tokens for the operator and the owner, and revoke their earlier ones
  --help           print this help

Environment
  PORT             the port; default 5001; 0 selects a free port
  HOST             the address to listen on; default 127.0.0.1
  DATABASE_URL     sqlite:<path>, file:<path>, a plain path, or postgres://…; default: a SQLite file in this example
  SMTP_URL         smtp://… or smtps://…; without it, emails are printed on stderr
  MAIL_FROM        the sender of emails
  PUBLIC_URL       the base URL of links in emails; default: the server's address
  TENANTRY_SECRET  at least 32 bytes, encrypts queued emails; default: generated on the first start and stored in a file
  LOG_LEVEL        silent, error, warn, info, …; default warn; info logs each request
`

/** Parses the options. @throws {UsageError} for unknown arguments. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    // `pnpm start -- --json` passes on the two dashes.
    const { values } = parseArgs({
      args: args[0] === '--' ? args.slice(1) : [...args],
      options: { help: { type: 'boolean' }, json: { type: 'boolean' }, 'reset-tokens': { type: 'boolean' } },
    })
    const { help = false, json = false, 'reset-tokens': resetTokens = false } = values
    return { help, json, resetTokens }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
