import { createTenancy, memoryStorage, SYSTEM, type Storage } from '@tenantry/core'
import { expect, test } from 'vitest'
import { finishDemo, prepareDemo } from './demo.js'
import { replaceToken } from './replace-token.js'

const cut = new Error('the process was killed')

/** A storage on which only a limited number of further transactions commit. */
function cutAfter(storage: Storage, commits: number): Storage {
  let left = commits
  return {
    ...storage,
    transaction: (locks, work) => (left-- > 0 ? storage.transaction(locks, work) : Promise.reject(cut)),
  }
}

/** What a start does with the demo. */
async function start(storage: Storage) {
  const tenancy = createTenancy({ storage })
  const demo = await prepareDemo(tenancy)
  const tokens = demo.isFinished
    ? null
    : [await replaceToken(tenancy, demo.operator), await replaceToken(tenancy, demo.owner)]
  if (!demo.isFinished) await finishDemo(tenancy, demo)
  return { tenancy, demo, tokens }
}

test('the next start completes a first start that was interrupted at any point', async () => {
  let commits = 0
  for (let wasCut = true; wasCut; commits++) {
    const storage = memoryStorage()
    wasCut = await start(cutAfter(storage, commits)).then(
      () => false,
      (error: unknown) => error === cut,
    )
    const { tenancy, demo, tokens } = await start(storage)
    expect(await tenancy.as(SYSTEM).users.list({ page: 1 })).toMatchObject({ total: 2 })
    expect(await tenancy.as(SYSTEM).tenants.listAll({ page: 1 })).toMatchObject({ total: 1 })
    const above = await tenancy.as({ userId: demo.owner?.id ?? '' }).organizations.list()
    expect(above).toMatchObject([{ organization: { shortName: 'demo' }, membership: { admin: true } }])
    const { tenants } = tenancy.as(SYSTEM).organization(above[0]?.organization.id ?? '')
    expect((await tenants.list()).items).toMatchObject([{ id: demo.workspaceId, ownerId: demo.owner?.id }])
    if (!wasCut) {
      expect(tokens).toBeNull()
      continue
    }
    const [operator, owner] = await Promise.all((tokens ?? []).map((token) => tenancy.authenticate(token ?? '')))
    expect(operator).toMatchObject({ user: { id: demo.operator.id, superuser: true } })
    expect(owner).toMatchObject({ user: { id: demo.owner?.id } })
    expect((await start(storage)).tokens).toBeNull()
  }
  // The operator, the owner, the organization, the workspace, two tokens and the mark; then one start that was not cut.
  expect(commits).toBe(8)
})

test('resetting a token revokes all earlier ones', async () => {
  const { tenancy, demo, tokens } = await start(memoryStorage())
  const others = await Promise.all([1, 2].map(() => tenancy.as({ userId: demo.operator.id }).accessTokens.create()))
  const next = await replaceToken(tenancy, demo.operator)
  for (const old of [tokens?.[0] ?? '', ...others.map(({ accessToken }) => accessToken)]) {
    expect(await tenancy.authenticate(old)).toBeNull()
  }
  expect(await tenancy.authenticate(next ?? '')).toMatchObject({ user: { id: demo.operator.id } })
  expect(await tenancy.authenticate(tokens?.[1] ?? '')).toMatchObject({ user: { id: demo.owner?.id } })
})

test('a disabled account gets no token and does not prevent the start', async () => {
  const storage = memoryStorage()
  const { tenancy, demo } = await start(storage)
  for (const user of [demo.operator, demo.owner]) {
    await tenancy.as(SYSTEM).users.update({ userId: user?.id ?? '', status: 'disabled' })
  }
  const later = await prepareDemo(tenancy)
  expect(later).toMatchObject({ isFinished: true, workspaceId: null })
  expect(await replaceToken(tenancy, later.operator)).toBeNull()
  expect(await replaceToken(tenancy, later.owner)).toBeNull()
})

test('demo data that was removed is not created again', async () => {
  const storage = memoryStorage()
  const { tenancy, demo } = await start(storage)
  await tenancy
    .as({ userId: demo.owner?.id ?? '' })
    .in(demo.workspaceId ?? '')
    .archive()
  expect((await start(storage)).demo).toMatchObject({ isFinished: true, workspaceId: null })
  expect(await tenancy.as(SYSTEM).tenants.listAll({ page: 1 })).toMatchObject({ total: 1 })
})
