import { serveWriter } from '../crash/writer.js'
import { sharedDatabase } from './storages.js'

const [, , name, place = '', mailFile = ''] = process.argv

await serveWriter({ storage: sharedDatabase(name).open(place), mailFile })
