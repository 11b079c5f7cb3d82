interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What checks the metadata of memberships: a schema of zod, or anything that checks in the same way. */
export interface MetadataSchema<Metadata> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: Metadata }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }
}
