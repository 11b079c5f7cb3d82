/** Two storages, or a storage and the model, differ; the message tells everything that was done until then. */
export class ModelMismatch extends Error {
  override readonly name = 'ModelMismatch'
  readonly trace: readonly string[]

  constructor(trace: readonly string[], cause: unknown) {
    const problem = cause instanceof Error ? (cause.name === 'Error' ? cause.message : String(cause)) : String(cause)
    super([...trace.map((line, at) => `${String(at + 1).padStart(4)}. ${line}`), '', problem].join('\n'), { cause })
    this.trace = [...trace]
  }
}
