export { assertSameAnswer, assertSameEffect, assertScopeMatters, fillBoth, type TwoShops } from './compare-shops.js'
export { exampleRows } from './example-rows.js'
export { allowed, filterProperties, filterOf, forAnyFilter, ids } from './filter-properties.js'
export { ann, elsewhere, annFixture, here } from './fixtures/access.js'
export { companyOptions, annAndBobFixture, type HostUnderTest, type OpenHost, type Told } from './host-under-test.js'
export { nextMigrations, nextSteps } from './next-steps.js'
export {
  countingQuestions,
  hotQuestions,
  numberedQuestions,
  orderedQuestions,
  ownQuestions,
  sortedQuestions,
} from './questions.js'
export { scopedReads } from './scoped-reads.js'
export { scopedWrites } from './scoped-writes.js'
export { scopingProperties } from './scoping-properties.js'
export { createTables, oursOnly, type Shop, type ShopTables } from './shop.js'
export { createThings, fillThings, type Thing, type Things, type ThingTables } from './things.js'
export { userOf } from './user-of.js'
export { checkListByPermission } from './list-by-permission-property.js'
export { withinHostCases } from './within-host-cases.js'
