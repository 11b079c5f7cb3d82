import { packageBuild } from '../../tsup.config.js'

export default packageBuild({ bundle: ['@tenantry/kysely-storage'] })
