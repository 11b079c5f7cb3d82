import { expect, it } from 'vitest'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'

const roles = { pilot: { rank: 15, name: 'Pilot', names: { 'zh-Hans': '飞行员', fr: 'Pilote' }, permissions: [] } }

it.each([
  ['viewer', 'en', 'Viewer'],
  ['viewer', 'zh-Hans', '查看者'],
  ['viewer', 'zh-CN', '查看者'],
  ['pilot', 'zh', '飞行员'],
  ['pilot', 'fr', 'Pilote'],
  ['pilot', 'de', 'Pilot'],
  ['pilot', undefined, 'Pilot'],
  ['assistant', 'zh', 'Assistant'],
])('an invitation as %s in the language %s names the role %s', async (role, language, name) => {
  const fixture = await tenancyFixture({ roles })
  const acme = await fixture.tenant('ann')
  await fixture
    .as('ann')
    .in(acme)
    .members.invite({ email: 'bob@example.com', role, ...(language && { language }) })
  await fixture.tenancy.flushEmails()
  expect(fixture.sent.at(-1)?.text).toMatch(new RegExp(`(Your role: |角色为：)${name}[.。]`))
})

it('somebody who was added reads their roles in their language', async () => {
  const fixture = await tenancyFixture({ roles })
  const acme = await fixture.tenant('ann')
  await (await fixture.user('bob')).users.update({ language: 'zh-Hans' })
  await fixture
    .as('ann')
    .in(acme)
    .members.add({ email: 'bob@example.com', roles: ['member', 'pilot'] })
  await fixture.tenancy.flushEmails()
  expect(fixture.sent.at(-1)?.text).toContain('成员、飞行员')
})
