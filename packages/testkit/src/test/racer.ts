import { serveRacer } from '../concurrency/racer.js'
import { sharedDatabase } from './storages.js'

const [, , name, place = ''] = process.argv

await serveRacer(sharedDatabase(name).open(place))
