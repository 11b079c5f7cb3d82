/** One first, then the other: where one process begins them all, each comes first in every other pair. */
export function inTurn<Item>(at: number, [one, other]: readonly [Item, Item]): readonly [Item, Item] {
  return at % 2 === 0 ? [one, other] : [other, one]
}
