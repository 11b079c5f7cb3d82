import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { StartError } from './start-error.js'

/**
 * Reads the secret from its file, or creates the file, readable only by its owner. The file is written atomically, even
 * if several processes start at once or one is killed.
 */
export function loadSecret(file: string): string {
  const secret = readOrMakeSecret(file)
  if (Buffer.byteLength(secret) >= 32) return secret
  throw new StartError(`${file} holds no secret. Delete it, and the next start makes a new one.`)
}

function readOrMakeSecret(file: string): string {
  try {
    return readSecret(file) ?? makeSecret(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`The secret cannot be kept in a file: ${reason}\nSet TENANTRY_SECRET instead.`, {
      cause: error,
    })
  }
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function makeSecret(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, `${randomBytes(32).toString('base64url')}\n`)
    fsyncSync(descriptor)
    linkSync(draft, file)
  } catch (error) {
    // Another process created the file first; use its secret.
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    closeSync(descriptor)
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
