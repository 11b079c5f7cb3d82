import { randomUUID } from 'node:crypto'
import { parseCookie } from 'cookie'

const sessions = new Map<string, string>()

/** Stands for the sign-in of your application, which asks for a password first. Returns the cookie to set. */
export function startSession(name: string): string {
  const id = randomUUID()
  sessions.set(id, name)
  return `session=${id}; Path=/; HttpOnly; SameSite=Lax`
}

/** The user of your session, by the header `Cookie` of a request. */
export function userOf(cookies: string | null | undefined) {
  const name = sessions.get(parseCookie(cookies ?? '')['session'] ?? '')
  return name === undefined ? null : { id: name, email: `${name}@example.com`, emailVerified: true }
}
