import { packageBuild } from '../../tsup.config.js'

export default packageBuild({
  noExternal: ['@tenantry/kysely-storage'],
  dts: { resolve: ['@tenantry/kysely-storage'] },
})
