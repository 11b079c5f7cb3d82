import type { ContractCase } from './contract-case.js'
import { lockCases } from './lock-cases.js'
import { storageCases } from './storage-cases.js'
import { tenantCases } from './tenant-cases.js'
import { tenantListCases } from './tenant-list-cases.js'
import { transactionCases } from './transaction-cases.js'
import { userCases } from './user-cases.js'
import { userListCases } from './user-list-cases.js'

/** What every storage must do: one case for each MUST in the port's documentation. */
export const storageContract: readonly ContractCase[] = [
  ...storageCases,
  ...transactionCases,
  ...lockCases,
  ...tenantCases,
  ...tenantListCases,
  ...userCases,
  ...userListCases,
]
