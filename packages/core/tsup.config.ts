import { packageBuild } from '../../tsup.config.js'

export default packageBuild({ entry: ['src/index.ts', 'src/contract.ts'] })
