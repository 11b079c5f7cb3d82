import { z } from 'zod'
import { Id } from './id.js'

/** Under this name the metadata of a schema says that it is of an image. */
const MARK = 'tenantImage'

/**
 * The schema of a setting that names an image of the tenant: `null`, its default, or the id that
 * `uploadImage({ setting, bytes })` returned for this setting. `tenants.readImage` shows the image to everybody.
 *
 * @example
 * createTenancy({ storage, settings: z.object({ logoId: imageSetting() }) })
 */
export function imageSetting() {
  return Id.nullable()
    .default(null)
    .meta({ [MARK]: true })
}

/** Whether a schema is one that {@link imageSetting} made. */
export function isImageSetting(schema: unknown): boolean {
  return schema instanceof z.ZodType && schema.meta()?.[MARK] === true
}
