export { assertSameAnswer, assertSameEffect, assertScopeMatters, fillBoth, type TwoShops } from './compare-shops.js'
export { exampleRows } from './example-rows.js'
export { allowed, filterLaws, filterOf, forAnyFilter, ids } from './filter-laws.js'
export { ann, elsewhere, givenAnn, here } from './given-access.js'
export { hotQuestions, orderedQuestions, sortedQuestions } from './questions.js'
export { scopedReads } from './scoped-reads.js'
export { scopedWrites } from './scoped-writes.js'
export { scopingLaws } from './scoping-laws.js'
export { createTables, oursOnly, type Shop, type ShopTables } from './shop.js'
export { createThings, fillThings, type Thing, type Things, type ThingTables } from './things.js'
export { userOf } from './user-of.js'
export { checkWho } from './who-law.js'
export {
  companyOptions,
  givenAnnAndBob,
  withinHostCases,
  type HostUnderTest,
  type OpenHost,
  type Told,
} from './within-host-cases.js'
