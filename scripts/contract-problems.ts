/** A file of the port: its name, for messages, and its source text. */
export interface PortSource {
  readonly name: string
  readonly text: string
}

/** The differences between the port's promises and the contract's cases; empty if there are none. */
export function contractProblems(sources: readonly PortSource[], cases: readonly string[]): readonly string[] {
  const promises = sources.flatMap(({ name, text }) => promisesIn(text).map((promise) => ({ name, ...promise })))
  const promised = promises.flatMap(({ ids }) => ids)
  return [
    ...promises
      .filter(({ ids }) => ids.length === 0)
      .map(({ name, sentence }) => `${name}: a promise without an id: ${sentence}`),
    ...repeated(promised).map((id) => `[${id}] stands more than once in the port`),
    ...repeated(cases).map((id) => `${id}: more than one case has this id`),
    ...missing(promised, cases).map((id) => `[${id}] has no case`),
    ...missing(cases, promised).map((id) => `${id}: the port promises no such thing`),
  ]
}

/** Every MUST in the docstrings, up to the next one or the end of its sentence, with its IDs. */
function promisesIn(source: string) {
  const comments = source.match(/\/\*\*.*?\*\//gs) ?? []
  return comments.flatMap((comment) => {
    const words = comment
      .replace(/^\s*\/?\*+\/?|\*\/$/gm, ' ')
      .replace(/`[^`]*`/g, '``')
      .replace(/\s+/g, ' ')
    return [...words.matchAll(/\bMUST\b.*?(?=\bMUST\b|\.(?:\s|$)|$)/g)].map(([sentence]) => ({
      sentence,
      ids: [...sentence.matchAll(/\[([a-z0-9-]+)\]/g)].map(([, id]) => id ?? ''),
    }))
  })
}

function repeated(ids: readonly string[]) {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

function missing(ids: readonly string[], from: readonly string[]) {
  return [...new Set(ids)].filter((id) => !from.includes(id))
}
