export type { ContractCase, MakeStorage, StorageUnderTest } from './contract/contract-case.js'
export { storageContract } from './contract/storage-contract.js'
