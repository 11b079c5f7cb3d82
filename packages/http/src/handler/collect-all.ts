interface PageOfRows<Row> {
  readonly items: readonly Row[]
  readonly nextCursor: string | null
}

/** Collects all rows of a paginated list. */
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
