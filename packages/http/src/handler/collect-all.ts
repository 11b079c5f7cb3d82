interface PageOfRows<Row> {
  readonly items: readonly Row[]
  readonly nextCursor: string | null
}

/** Every row of a list that comes in pages. */
export async function collectAll<Row>(
  list: (page: { readonly limit: number; readonly cursor?: string | undefined }) => Promise<PageOfRows<Row>>,
): Promise<readonly Row[]> {
  const all: Row[] = []
  let cursor: string | undefined
  do {
    const page = await list({ limit: 100, cursor })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}
