import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeFolder, spawnQuickstart } from './testing/spawn-quickstart.js'

/** Runs shell text with the real curl, which reads `.curlrc` from the folder; answers each line of its output as JSON. */
async function runShell(folder: string, text: string): Promise<unknown[]> {
  const { stdout } = await promisify(execFile)('sh', ['-c', text], {
    env: { PATH: process.env.PATH, CURL_HOME: folder },
  })
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

/** The lines name port 5001, which may be taken where tests run. */
function answerOnPort5001(folder: string, url: string): void {
  writeFileSync(path.join(folder, '.curlrc'), `connect-to = "localhost:5001:127.0.0.1:${new URL(url).port}"\n`)
}

test('the commands that the first start prints work unchanged', async () => {
  const folder = makeFolder()
  const quickstart = spawnQuickstart({ folder })
  const { url, workspaceId } = await quickstart.announced()
  await quickstart.until(() => quickstart.printed.stdout.includes('/admin/tenants'))
  const [, ...lines] = quickstart.printed.stdout.split('\n')
  const [tenants, invited, invitations, members, all, ...more] = await runShell(folder, lines.join('\n'))
  expect(tenants).toMatchObject({
    items: [{ tenant: { id: workspaceId, name: 'Demo' }, membership: { roles: ['owner'] } }],
  })
  expect(invited).toMatchObject({
    invitation: { email: 'bob@example.com', status: 'pending' },
    link: expect.stringMatching(`^${url}/activate\\?token=`) as string,
  })
  expect(invitations).toMatchObject({ items: [{ email: 'bob@example.com', role: 'editor', status: 'pending' }] })
  expect(members).toMatchObject({ items: [{ user: { email: 'owner@example.com' }, roles: ['owner'] }] })
  expect(all).toMatchObject({ items: [{ id: workspaceId, name: 'Demo' }] })
  expect(more).toEqual([])
})

// As documented for the console API, to the letter.
const documented = {
  current: `curl -X GET \\
  'http://localhost:5001/workspaces/current' \\
  -H 'Authorization: Bearer <your-api-key>' \\
  -H 'Content-Type: application/json'`,
  invite: `curl -X POST \\
  'http://localhost:5001/workspaces/current/members/invite-email' \\
  -H 'Authorization: Bearer <your-api-key>' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "emails": ["user@example.com"],
    "role": "admin",
    "language": "en-US"
  }'`,
}

test('the documented curl commands work once the token is filled in', async () => {
  const folder = makeFolder()
  const { url, ownerToken, workspaceId } = await spawnQuickstart({ folder }).announced()
  answerOnPort5001(folder, url)
  const run = (text: string) => runShell(folder, text.replace('<your-api-key>', ownerToken ?? ''))
  expect(await run(documented.current)).toEqual([
    {
      id: workspaceId,
      name: 'Demo',
      plan: 'basic',
      status: 'normal',
      created_at: expect.any(Number) as number,
      role: 'owner',
      custom_config: expect.any(Object) as object,
    },
  ])
  expect(await run(documented.invite)).toEqual([
    {
      result: 'success',
      tenant_id: workspaceId,
      invitation_results: [
        {
          status: 'success',
          email: 'user@example.com',
          url: expect.stringMatching(`^${url}/activate\\?token=[A-Za-z0-9_-]{43}$`) as string,
        },
      ],
    },
  ])
})

// As documented for workspaces with protocols; only the address of the server is another.
const ofWorkspaces = {
  list: `curl -H "Authorization: Bearer YOUR_TOKEN" \\
  "https://protocols.io/api/v3/workspaces"`,
  create: `curl -X POST -H "Authorization: Bearer YOUR_TOKEN" -H "Content-Type: application/json" \\
  -d '{"title": "Colony PCR", "categories": ["Cloning"]}' \\
  "https://protocols.io/api/v3/workspaces/WORKSPACE_ID/protocols"`,
  protocols: `curl -H "Authorization: Bearer YOUR_TOKEN" \\
  "https://protocols.io/api/v3/workspaces/WORKSPACE_ID/protocols?filter=all&order_field=activity&order_dir=desc"`,
  joinRequest: `curl -X POST -H "Authorization: Bearer YOUR_TOKEN" -H "Content-Type: application/json" \\
  -d '{"message": "I would like to collaborate"}' \\
  "https://protocols.io/api/v3/workspaces/WORKSPACE_ID/join-request"`,
}

test('the documented requests for workspaces and protocols work', async () => {
  const folder = makeFolder()
  const { url, ownerToken, workspaceId } = await spawnQuickstart({ folder }).announced()
  const run = (text: string) =>
    runShell(
      folder,
      text
        .replace('https://protocols.io', url)
        .replace('YOUR_TOKEN', ownerToken ?? '')
        .replace('WORKSPACE_ID', workspaceId ?? ''),
    )
  const listed = { id: workspaceId, name: 'Demo', type: 'group', members_count: 1, access_level: 'owner' }
  const pagination = { current_page: 0, total_pages: 1, total_results: 1, page_size: 10, next_page: null }
  expect(await run(ofWorkspaces.list)).toMatchObject([{ items: [listed], pagination }])
  const [protocol] = await run(ofWorkspaces.create)
  expect(await run(ofWorkspaces.protocols)).toEqual([{ items: [protocol], pagination }])
  expect(await run(ofWorkspaces.joinRequest)).toEqual([{ status_code: 409, error_message: 'You are a member already' }])
})

test('the commands of the README sign in a device', async () => {
  const folder = makeFolder()
  const { url, ownerToken } = await spawnQuickstart({ folder }).announced()
  answerOnPort5001(folder, url)
  const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8')
  const [asking = '', polling = ''] = [...readme.matchAll(/```sh\n(curl.*?)```/gs)].map(([, lines]) => lines ?? '')
  const run = (text: string) => runShell(folder, text.replaceAll(/^curl/gm, "curl -sSw '\\n'"))
  const [owner, device] = await run(asking.replace('<owner-token>', ownerToken ?? ''))
  expect(owner).toMatchObject({ code: 0, data: { email: 'owner@example.com' } })
  const code = { device_code: expect.any(String) as string, verification_uri_complete: expect.any(String) as string }
  expect(device).toMatchObject(code)
  // What it was matched against just now.
  const { device_code: deviceCode } = device as { device_code: string }
  expect(await run(polling.replace('<device-code>', deviceCode))).toEqual([{ error: 'authorization_pending' }])
})
