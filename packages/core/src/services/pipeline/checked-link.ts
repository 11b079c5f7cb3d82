type Link = (token: string) => string

/**
 * A host's function from a token to a link, held to what a link must be: now, with a token that opens nothing, and at
 * each use. `mailed` links are read outside of any page, so they need the whole address.
 *
 * @throws {TypeError} naming the option, and never the link, which holds a token.
 */
export function checkedLink(option: string, link: Link, { mailed }: { readonly mailed: boolean }): Link {
  const checked: Link = (token) => {
    const given: unknown = link(token)
    const problem = problemOf(given, mailed)
    if (problem !== null) throw new TypeError(`${option}: ${problem}`)
    // What has no problem is a text.
    return given as string
  }
  checked('a-token-that-opens-nothing')
  return checked
}

function problemOf(given: unknown, mailed: boolean): string | null {
  if (typeof given !== 'string') return `returns ${given === null ? 'null' : typeof given}, not a link`
  if (given.trim() === '') return 'returns an empty link'
  if (URL.canParse(given)) {
    const { protocol } = new URL(given)
    return protocol === 'https:' || protocol === 'http:' ? null : `returns a ${protocol} link, which is no web address`
  }
  if (!mailed) return null
  return 'returns a relative link; a mail needs the whole address, such as https://app.example.com/activate?token=…'
}
