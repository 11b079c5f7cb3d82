import { packageBuild } from '../../tsup.config.js'

export default packageBuild({ entries: ['index', 'fetch', 'node', 'fastify', 'hono'] })
