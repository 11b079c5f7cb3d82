/** An API's names of what use cases call otherwise. */
export type WireFields = Readonly<Record<string, string>>

/** What is wrong with an input, with its field as the API calls it. A field's name stands for those within it, too. */
export function renameFields(message: string, field: string, names: WireFields): string {
  const known = Object.keys(names).find((name) => field === name || field.startsWith(`${name}.`))
  return known === undefined ? message : message.replace(known, () => names[known] ?? known)
}
