import type { AddressInfo } from 'node:net'

/** A started framework; some listen a little later. */
export interface StartedServer {
  readonly listening: boolean
  once(event: 'listening', listener: () => void): unknown
  address(): AddressInfo | string | null
  close(callback: () => void): unknown
  closeAllConnections?(): void
}

export async function urlOf(server: StartedServer): Promise<string> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', () => resolve(null)))
  // Listening on a port, so the address is one.
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

export async function close(server: StartedServer): Promise<void> {
  server.closeAllConnections?.()
  await new Promise((resolve) => server.close(() => resolve(null)))
}

/** Signs in at the host, and returns the header `Cookie` for what follows. */
export async function signIn(url: string, name: string): Promise<{ cookie: string }> {
  const response = await fetch(`${url}/sign-in/${name}`, { method: 'POST' })
  return { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}
