import fc from 'fast-check'

/**
 * A value that has to be tried, whatever chance brings. It is `ordinary`, or out of the ordinary in one way: of two that are
 * not ordinary, the combination is left to chance.
 */
export interface NamedCase<Value> {
  readonly value: Value
  readonly ordinary: boolean
}

/** How values are told to a reader; values that are objects tell it themselves wherever fast-check prints them. */
type NotificationTemplate<Value> = (value: Value) => string

/** A random arbitrary that also knows the cases that are always tried first, the simplest first. */
export class ArbitraryWithCases<Value> extends fc.Arbitrary<Value> {
  constructor(
    readonly random: fc.Arbitrary<Value>,
    readonly cases: readonly NamedCase<Value>[],
    readonly insertForUsers: NotificationTemplate<Value> = fc.stringify,
  ) {
    super()
  }

  generate(mrng: fc.Random, biasFactor: number | undefined): fc.Value<Value> {
    return this.random.generate(mrng, biasFactor)
  }

  canShrinkWithoutContext(value: unknown): value is Value {
    return this.random.canShrinkWithoutContext(value)
  }

  shrink(value: Value, context: unknown): fc.Stream<fc.Value<Value>> {
    return this.random.shrink(value, context)
  }

  override filter<Part extends Value>(isPart: (value: Value) => value is Part): ArbitraryWithCases<Part>
  override filter(isWanted: (value: Value) => boolean): ArbitraryWithCases<Value>
  override filter(isWanted: (value: Value) => boolean): ArbitraryWithCases<Value> {
    const cases = this.cases.filter(({ value }) => isWanted(value))
    return new ArbitraryWithCases(this.random.filter(isWanted), cases, this.insertForUsers)
  }

  override map<Other>(change: (value: Value) => Other, back?: (value: unknown) => Value): ArbitraryWithCases<Other> {
    const cases = this.cases.map(({ value, ordinary }) => ({ value: change(value), ordinary }))
    return new ArbitraryWithCases(this.random.map(change, back), cases)
  }
}

/**
 * Adds to an arbitrary what is always tried. Chance brings it more often, too, and a random case shrinks to it. Every value
 * tells itself in words where fast-check prints it.
 */
export function withCases<Value>(
  random: fc.Arbitrary<Value>,
  { ordinary, other = [] }: { readonly ordinary: Iterable<Value>; readonly other?: Iterable<Value> },
  insertForUsers?: NotificationTemplate<Value>,
): ArbitraryWithCases<Value> {
  const template = (value: Value) => (insertForUsers ? tellingItself(value, insertForUsers) : value)
  const named = [true, false].flatMap((is) =>
    [...(is ? ordinary : other)].map((value) => ({ value: template(value), ordinary: is })),
  )
  const values = named.map(({ value }) => value)
  const usual = values.slice(0, named.filter((one) => one.ordinary).length)
  const weighted = [
    ...(usual.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...usual) }] : []),
    ...(values.length > usual.length ? [{ weight: 1, arbitrary: fc.constantFrom(...values) }] : []),
    { weight: 1, arbitrary: insertForUsers ? random.map(template) : random },
  ]
  return new ArbitraryWithCases(fc.oneof({ withCrossShrink: true }, ...weighted), named, insertForUsers)
}

/** The cases of an arbitrary that are ordinary, or those that are not. */
export function casesOf<Value>(arbitrary: fc.Arbitrary<Value>, ordinary: boolean): readonly Value[] {
  if (!(arbitrary instanceof ArbitraryWithCases)) return []
  // It is one of these values.
  const cases = arbitrary.cases as readonly NamedCase<Value>[]
  return cases.flatMap((one) => (one.ordinary === ordinary ? [one.value] : []))
}

/** Not enumerable: a changed copy of the value is another one, and does not tell the old words. */
function tellingItself<Value>(value: Value, insertForUsers: NotificationTemplate<Value>): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  return Object.defineProperty(value, fc.toStringMethod, {
    value: () => insertForUsers(value),
    enumerable: false,
    configurable: true,
  })
}

/** Arbitraries of these values, in their order. */
export type ArbitrariesOf<Values extends readonly unknown[]> = {
  readonly [At in keyof Values]: fc.Arbitrary<Values[At]>
}

const SAMPLES = 5

/**
 * Every combination of the named cases of which at most one is out of the ordinary. An arbitrary without cases takes part
 * with a few random values, which `seed` decides; where none has cases, there are no combinations.
 */
export function* combinationsOf<Values extends readonly unknown[]>(
  arbitraries: ArbitrariesOf<Values>,
  seed = 0,
): Generator<Values> {
  if (!arbitraries.some((one: fc.Arbitrary<unknown>) => one instanceof ArbitraryWithCases)) return
  const lists = arbitraries.map((one: fc.Arbitrary<unknown>): readonly NamedCase<unknown>[] => {
    if (one instanceof ArbitraryWithCases) return one.cases
    return fc.sample(one, { numRuns: SAMPLES, seed }).map((value) => ({ value, ordinary: true }))
  })
  // One value of each arbitrary, in their order.
  for (const values of combine(lists)) yield values as unknown as Values
}

/** Counts through the lists as through digits, the last one fastest; a loop, because there are many thousands. */
function* combine(lists: readonly (readonly NamedCase<unknown>[])[]): Generator<readonly unknown[]> {
  const values: unknown[] = []
  const next = lists.map(() => 0)
  // Whether one before this place is out of the ordinary.
  const isOdd = [false]
  let place = 0
  while (place >= 0) {
    const one = lists[place]?.[next[place] ?? 0]
    next[place] = one ? (next[place] ?? 0) + 1 : 0
    if (!one) place--
    else if (one.ordinary || !isOdd[place]) {
      values[place] = one.value
      isOdd[place + 1] = isOdd[place] === true || !one.ordinary
      if (place < lists.length - 1) place++
      else yield [...values]
    }
  }
}
