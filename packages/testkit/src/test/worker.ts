import { serveWorker } from '../concurrency/worker.js'
import { sharedDatabase } from './storages.js'

const [, , name, place = ''] = process.argv

await serveWorker(sharedDatabase(name).open(place))
