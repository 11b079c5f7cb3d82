const harmless = /^[\w -]{1,40}$/

/**
 * What is kept and logged of a failed delivery: the error's name and its codes, such as `Error EENVELOPE 550 RCPT TO`.
 * Never its message, which may quote what was to be delivered: a mail with its token, an address with a password.
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'The delivery failed'
  const { code, responseCode, statusCode, command } = error as Error & Record<string, unknown>
  return [error.name, code, responseCode, statusCode, command]
    .filter((part) => typeof part === 'number' || (typeof part === 'string' && harmless.test(part)))
    .join(' ')
}
