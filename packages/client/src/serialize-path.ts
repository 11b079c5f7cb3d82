import { defaultPathSerializer } from 'openapi-fetch'

/**
 * The path of a request. A parameter is one segment: the URL standard removes `.` and `..`, also percent-encoded, and
 * the request would reach another path.
 * @throws {TypeError} if a parameter is missing, empty, `.` or `..`.
 */
export function serializePath(template: string, params: Readonly<Record<string, unknown>>): string {
  for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g)) {
    const value = params[name]
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new TypeError(`${name} must be a string, not ${value === null ? 'null' : typeof value}`)
    if (['', '.', '..'].includes(String(value))) throw new TypeError(`${name} must not be '${value}'`)
  }
  return defaultPathSerializer(template, params)
}
