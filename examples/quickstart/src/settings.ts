import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './start-error.js'

export type DatabaseSettings =
  | { readonly kind: 'sqlite'; readonly filename: string }
  | { readonly kind: 'postgres'; readonly connectionString: string }

export interface Settings {
  readonly port: number
  readonly host: string
  readonly database: DatabaseSettings
  readonly secret: string | undefined
  /** The path of the generated secret; `null` if none is stored. */
  readonly secretFile: string | null
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly publicUrl: string | undefined
  readonly logLevel: string
}

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']

/** Reads the environment; an empty variable counts as absent. @throws {StartError} naming the invalid variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const read = (name: string) => env[name]?.trim() || undefined
  const database = readDatabase(read('DATABASE_URL') ?? path.join(DATA, 'quickstart.sqlite'))
  return {
    port: readPort(read('PORT') ?? '5001'),
    host: read('HOST') ?? '127.0.0.1',
    database,
    secret: readSecret(read('TENANTRY_SECRET')),
    secretFile: secretFileOf(database),
    smtpUrl: readUrl('SMTP_URL', read('SMTP_URL'), ['smtp:', 'smtps:']),
    mailFrom: read('MAIL_FROM') ?? 'Tenantry <no-reply@localhost>',
    publicUrl: readUrl('PUBLIC_URL', read('PUBLIC_URL'), ['http:', 'https:'])?.replace(/\/+$/, ''),
    logLevel: readLogLevel(read('LOG_LEVEL') ?? 'warn'),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new StartError(`PORT=${text} is no port: give a number from 0 to 65535.`)
}

function readDatabase(text: string): DatabaseSettings {
  if (/^postgres(ql)?:\/\//i.test(text)) return { kind: 'postgres', connectionString: text }
  const filename = text.replace(/^(sqlite|file):(\/\/)?/i, '')
  // A single letter is a Windows drive.
  if (filename === '' || /^[a-z][a-z0-9+.-]+:/i.test(filename)) {
    // The text after the scheme may contain a password.
    throw new StartError(
      `DATABASE_URL: "${text.split(':')[0]}:" is unknown; give sqlite:<path>, a path, or postgres://…`,
    )
  }
  return { kind: 'sqlite', filename: filename === ':memory:' ? filename : path.resolve(filename) }
}

function secretFileOf(database: DatabaseSettings): string | null {
  if (database.kind === 'postgres') return path.join(DATA, 'postgres-secret')
  return database.filename === ':memory:' ? null : `${database.filename}-secret`
}

function readSecret(secret: string | undefined): string | undefined {
  if (secret === undefined || Buffer.byteLength(secret) >= 32) return secret
  throw new StartError('TENANTRY_SECRET is too short: give at least 32 bytes.')
}

function readUrl(name: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
  throw new StartError(
    `${name} is no URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  )
}

function readLogLevel(text: string): string {
  if (LOG_LEVELS.includes(text)) return text
  throw new StartError(`LOG_LEVEL=${text} is unknown: give one of ${LOG_LEVELS.join(', ')}.`)
}
