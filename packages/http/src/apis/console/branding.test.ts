import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/console-client.js'
import { fileForm, uploadedLogo } from '../../testing/console-examples.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Scenario } from '../../testing/scenario.js'

const CONFIG = 'POST /workspaces/custom-config'
const UPLOAD = 'POST /workspaces/custom-config/webapp-logo/upload'
const LOGO = 'GET /files/workspaces/{workspace_id}/webapp-logo'

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

describe.each(STORAGES)('branding on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const configure = (body: object) => ask(scenario, CONFIG, { as: 'ann', body })
  const logo = () => ask(scenario, LOGO, { as: null, params: { workspace_id: scenario.acme } })
  const upload = (body: FormData) => ask(scenario, UPLOAD, { as: 'ann', body })

  it('changes only the named fields', async () => {
    const id = await uploadedLogo(scenario)
    await configure({ remove_webapp_brand: true })
    const { body } = await configure({ replace_webapp_logo: id })
    expect(body.tenant.custom_config).toEqual({ remove_webapp_brand: true, replace_webapp_logo: id })
    const kept = await configure({ remove_webapp_brand: true, replace_webapp_logo: null })
    expect(kept.body.tenant.custom_config.replace_webapp_logo).not.toBeNull()
    const removed = await configure({ replace_webapp_logo: '' })
    expect(removed.body.tenant.custom_config).toEqual({ remove_webapp_brand: true, replace_webapp_logo: null })
  })

  it.each([
    [{}, 'body'],
    [{ remove_webapp_brand: 'true' }, 'remove_webapp_brand'],
    [{ remove_webapp_brand: null }, 'body'],
    [{ replace_webapp_logo: 'nothing uploaded' }, 'replace_webapp_logo'],
    [{ replace_webapp_logo: 'nothing-uploaded' }, 'replace_webapp_logo'],
    [{ logoId: 'x' }, 'logoId'],
  ])('refuses the configuration %j', async (body, params) => {
    const before = await snapshot(scenario)
    expect((await configure(body)).body).toMatchObject({ code: 'invalid-param', params, status: 400 })
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('makes an uploaded logo public when the workspace uses it', async () => {
    const id = await uploadedLogo(scenario)
    expect((await logo()).body).toMatchObject({ code: 'file-not-found', status: 404 })
    await configure({ replace_webapp_logo: id })
    const { status, headers, text } = await logo()
    expect(status).toBe(200)
    expect(text).toContain('<svg')
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox")
    await ask(scenario, 'POST /workspaces/archive', { as: 'ann' })
    expect((await logo()).body.code).toBe('file-not-found')
  })

  it('serves a PNG as it was uploaded, whatever its declared name and type', async () => {
    const { body } = await upload(fileForm(PNG, 'logo.svg'))
    await configure({ replace_webapp_logo: body.id })
    const response = await fetch(`${scenario.url}/files/workspaces/${scenario.acme}/webapp-logo`)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
  })

  it('accepts exactly 10 MiB and rejects one byte more', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg">'
    const end = '</svg>'
    const limit = 10 * 1024 * 1024
    const ofSize = (size: number) => fileForm(`${svg}${' '.repeat(size - svg.length - end.length)}${end}`)
    expect((await upload(ofSize(limit))).status).toBe(201)
    expect((await upload(ofSize(limit + 1))).body).toMatchObject({ code: 'file-too-large', status: 413 })
  })

  it.each(['<html><script>alert(1)</script></html>', 'GIF89a', '', '<svg', '\u0000\u0001'])(
    'refuses %j by its content',
    async (content) => {
      expect((await upload(fileForm(content))).body).toMatchObject({ code: 'unsupported-file-type', status: 400 })
    },
  )

  it('rejects a request without a file, with several files, or with a file in another field', async () => {
    expect((await upload(new FormData())).body).toMatchObject({ code: 'no-file-uploaded', status: 400 })
    const json = await ask(scenario, UPLOAD, { as: 'ann', body: { file: 'x' } })
    expect(json.body).toMatchObject({ code: 'no-file-uploaded', status: 400 })
    const two = fileForm()
    two.append('file', new Blob(['x']), 'b.svg')
    expect((await upload(two)).body).toMatchObject({ code: 'too-many-files', status: 400 })
    const other = new FormData()
    other.append('logo', new Blob(['x']), 'a.svg')
    expect((await upload(other)).body).toMatchObject({ code: 'no-file-uploaded', status: 400 })
    const withTenant = fileForm()
    withTenant.append('tenant_id', scenario.globex)
    expect((await upload(withTenant)).body).toMatchObject({ code: 'invalid-param', params: 'tenant_id', status: 400 })
  })

  it.each([
    'Content-Disposition: form-data; name="file"; filename=""\r\nContent-Type: image/png',
    'Content-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream',
    'Content-Disposition: form-data; name="file"\r\nContent-Type: image/png',
    'Content-Disposition: form-data; name="file"',
  ])('refuses a file without a name: %j', async (head) => {
    const response = await fetch(`${scenario.url}/workspaces/custom-config/webapp-logo/upload`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${scenario.people.ann.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
      body: `--b\r\n${head}\r\n\r\n${'x'.repeat(5000)}\r\n--b--\r\n`,
    })
    expect(await response.json()).toMatchObject({ code: 'filename-not-exists', status: 400 })
  })

  it.each(['--b\r\nnonsense', '--b\r\nContent-Disposition: form-data; name="file"; filename="a.svg"\r\n\r\n<svg', ''])(
    'refuses the broken multipart body %j',
    async (body) => {
      const response = await fetch(`${scenario.url}/workspaces/custom-config/webapp-logo/upload`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${scenario.people.ann.token}`,
          'content-type': 'multipart/form-data; boundary=b',
        },
        body,
      })
      expect(response.status).toBe(400)
    },
  )
})
