import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)
const SVG = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')

describe('an image of a tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const upload = (bytes: Uint8Array) => fixture.inAcme('admin').uploadImage({ setting: 'logoId', bytes })
  const take = (logoId: string | null) => fixture.inAcme('admin').update({ settings: { logoId } })
  const read = (tenantId = fixture.acme) => fixture.tenancy.as(GUEST).tenants.readImage({ tenantId, setting: 'logoId' })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it.each([
    ['image/png', PNG],
    ['image/svg+xml', SVG],
  ])('is a %s, known by its content, and shown to everybody once taken', async (contentType, bytes) => {
    const events = await fixture.eventsOf(async () => {
      const uploaded = await upload(bytes)
      expect(uploaded.contentType).toBe(contentType)
      await refusal(fixture, 'file_not_found', () => read())
      await take(uploaded.id)
    })
    expect(events[0]).toMatchObject({
      type: 'tenant.image_uploaded',
      data: { setting: 'logoId', contentType, sizeBytes: bytes.byteLength },
    })
    expect(await read()).toMatchObject({ contentType, bytes })
  })

  it.each([
    ['text', new TextEncoder().encode('<html><svg></svg></html>')],
    ['nothing', new Uint8Array()],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ['broken UTF-8', Uint8Array.of(0x3c, 0x73, 0x76, 0x67, 0xff)],
    ['half a signature', PNG.slice(0, 7)],
  ])('is not %s', async (_, bytes) => {
    await refusal(fixture, 'unsupported_file_type', () => upload(bytes))
  })

  it('has at most 10 MiB', async () => {
    const bytes = new Uint8Array(10 * 1024 * 1024 + 1)
    bytes.set(PNG)
    const { details } = await refusal(fixture, 'file_too_large', () => upload(bytes))
    expect(details).toEqual({ limitBytes: 10 * 1024 * 1024 })
    await upload(bytes.slice(0, -1))
  })

  it('stays until another is taken, while uploads that were never taken make room', async () => {
    const first = await upload(PNG)
    await take(first.id)
    const second = await upload(SVG)
    const third = await upload(SVG)
    expect((await read()).id).toBe(first.id)
    await refusal(fixture, 'invalid_input', () => take(second.id))
    await take(third.id)
    expect((await read()).id).toBe(third.id)
  })

  it('is not shown of an unknown tenant, of an archived one, of one without, and after it was taken off', async () => {
    await take((await upload(PNG)).id)
    await refusal(fixture, 'file_not_found', () => read('none'))
    await refusal(fixture, 'file_not_found', () => read(fixture.zeta))
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'file_not_found', () => read())
    await fixture.inAcme('owner').restore()
    await take(null)
    await refusal(fixture, 'file_not_found', () => read())
  })

  it.each([null, 'bytes', [1, 2], { length: 3 }])('takes bytes only, not %j', async (bytes) => {
    // What a caller without types may hand in.
    await refusal(fixture, 'invalid_input', () => upload(bytes as never))
  })
})
