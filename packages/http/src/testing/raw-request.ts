import { request } from 'node:http'

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/**
 * Sends a request unchanged, where `fetch` would normalize it: any path, and headers as pairs, so that one can be
 * repeated.
 */
export function rawRequest(
  url: string,
  {
    method = 'GET',
    path,
    headers = [],
    body,
  }: { method?: string; path: string; headers?: readonly string[]; body?: string | Buffer },
): Promise<RawResponse> {
  const { hostname, port, host } = new URL(url)
  // Node sends an array of headers unchanged and adds none of these.
  const isFramed = body === undefined || headers.includes('Transfer-Encoding')
  const framing = ['Host', host, ...(isFramed ? [] : ['Content-Length', String(Buffer.byteLength(body))])]
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: [...framing, ...headers] }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
