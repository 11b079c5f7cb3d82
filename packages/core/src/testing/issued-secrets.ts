import assert from 'node:assert/strict'

/** The secrets that a tenancy under test has handed out, to look for them where none may be. */
export interface IssuedSecrets {
  /** The same maker of secrets, remembering each it makes. */
  remember(make: () => string): () => string
  /** Fails when a value holds one of them in clear, however deep. */
  assertAbsent(where: string, value: unknown): void
}

export function issuedSecrets(): IssuedSecrets {
  const issued = new Set<string>()
  return {
    remember: (make) => () => {
      const secret = make()
      issued.add(secret)
      return secret
    },
    assertAbsent(where, value) {
      for (const text of textsIn(value)) {
        for (const word of text.split(/[^\w-]+/))
          assert.ok(!issued.has(word), `${where} holds a secret in clear: ${text}`)
      }
    },
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('latin1')
  else if (value instanceof Error) yield* textsIn([value.message, value.cause])
  else if (Array.isArray(value)) for (const one of value) yield* textsIn(one)
  else if (typeof value === 'object' && value !== null) {
    yield* textsIn(Object.keys(value))
    for (const one of Object.values(value)) yield* textsIn(one)
  }
}
