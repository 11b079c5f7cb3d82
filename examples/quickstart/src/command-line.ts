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

Starts a server with every route of the library. The first start makes an operator, a demo workspace and its owner, and
prints their tokens, which are good for 14 days.

Options
  --json           print one line of JSON on stdout and nothing else there
  --reset-tokens   print new tokens of the operator and the owner; all their earlier tokens end
  --help           print this

Environment
  PORT             default 5001; 0 takes any free port
  HOST             the address to listen on; default 127.0.0.1
  DATABASE_URL     sqlite:<path>, file:<path>, a plain path, or postgres://…; default a SQLite file below this example
  SMTP_URL         smtp://… or smtps://…; without it mails are printed on stderr
  MAIL_FROM        who mails are from
  PUBLIC_URL       what links in mails begin with; default the server's own address
  TENANTRY_SECRET  at least 32 bytes that encrypt waiting mails; default made on the first start and kept in a file
  LOG_LEVEL        silent, error, warn, info, …; default warn; info logs each request
`

/** Reads the options. @throws {UsageError} for anything else. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    // `pnpm start -- --json` hands the two dashes on.
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
