export { assertSameAnswer, assertSameEffect, assertScopeMatters, fillBoth, type TwoShops } from './compare-shops.js'
export { exampleRows } from './example-rows.js'
export { scopedReads } from './scoped-reads.js'
export { scopedWrites } from './scoped-writes.js'
export { scopingLaws } from './scoping-laws.js'
export { createTables, oursOnly, type Shop, type ShopTables } from './shop.js'
export {
  companyOptions,
  givenAnnAndBob,
  withinHostCases,
  type HostUnderTest,
  type OpenHost,
  type Told,
} from './within-host-cases.js'
