/** One request as JSON, and its answer: `Body` is what the test expects it to hold. */
export async function call<Body = unknown>(
  url: string,
  {
    method = 'GET',
    token = null,
    body,
  }: { readonly method?: string; readonly token?: string | null; readonly body?: object } = {},
): Promise<{ readonly status: number; readonly body: Body }> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // Whatever else the server said fails the test where it is used.
  return { status: response.status, body: (await response.json()) as Body }
}
