/** An API's names of fields that the core names differently. */
export type WireFields = Readonly<Record<string, string>>

/** Replaces the core's field name by the API's, in an error. A mapping also applies to nested fields. */
export function renameFields(message: string, field: string, names: WireFields): string {
  const known = Object.keys(names).find((name) => field === name || field.startsWith(`${name}.`))
  return known === undefined ? message : message.replace(known, () => names[known] ?? known)
}
