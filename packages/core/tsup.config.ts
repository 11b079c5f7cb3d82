import { packageBuild } from '../../tsup.config.js'

export default packageBuild({ entries: ['index', 'contract'] })
