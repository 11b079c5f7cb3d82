import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'
import type { UploadedFile } from './route.js'

const LIMITS = { files: 1, fields: 4, fieldSize: 1024, parts: 8, headerPairs: 50 }

interface Upload {
  readonly part: string
  readonly limitBytes: number
}

/** The parts of a multipart body. Only one file is kept. */
interface Parts {
  file: { readonly part: string; readonly chunks: Uint8Array[] } | null
  isUnnamed: boolean
  readonly fields: string[]
}

/**
 * Reads the only file of a multipart body.
 *
 * @throws {RequestError} if there is no file, more than one file, a file without a name, a file that is too large, or
 * any other part.
 */
export async function readUpload(request: HandlerRequest, { part, limitBytes }: Upload): Promise<UploadedFile> {
  const { body } = request
  const type = request.headerValues('content-type').join(',')
  const isMultipart = /^multipart\/[\w-]+\s*(?:;|$)/i.test(type)
  if (body === null || 'parsed' in body || !isMultipart) throw noFile(part)
  const { file, isUnnamed, fields } = await readParts(type, body, { part, limitBytes })
  // A part without a file name and a content type is a text field.
  if (isUnnamed || fields.includes(part)) throw new RequestError('no_file_name', 'The file has no name')
  if (file?.part !== part) throw noFile(part)
  const [field] = fields
  if (field !== undefined) throw new RequestError('invalid_field', `${field}: is not a part of this upload`, { field })
  return { bytes: new Uint8Array(Buffer.concat(file.chunks)) }
}

/** Stops at the first error; the mount then discards the rest of the body. */
async function readParts(type: string, body: AsyncIterable<Uint8Array>, { part, limitBytes }: Upload): Promise<Parts> {
  const parts: Parts = { file: null, isUnnamed: false, fields: [] }
  let refusal: RequestError | undefined
  try {
    // One byte above the limit proves that the file is too large.
    const parser = busboy({ headers: { 'content-type': type }, limits: { ...LIMITS, fileSize: limitBytes + 1 } })
    const refuse = (error: RequestError) => {
      refusal ??= error
      parser.destroy(error)
    }
    parser.on('file', (name, stream, { filename }) => {
      stream.on('error', () => {})
      if (!filename) {
        parts.isUnnamed ||= name === part
        return void stream.resume()
      }
      const file = { part: name, chunks: new Array<Uint8Array>() }
      parts.file = file
      stream.on('data', (chunk: Uint8Array) => void file.chunks.push(chunk))
      stream.on('limit', () => refuse(new RequestError('file_too_large', 'The file is too large')))
    })
    parser.on('field', (name: string | undefined, _value, { nameTruncated, valueTruncated }) => {
      if (name === undefined) return refuse(invalid('body', 'has a part without a name'))
      if (nameTruncated) return refuse(invalid(name, 'its name is too long'))
      parts.fields.push(name)
      if (valueTruncated && name !== part) refuse(invalid(name, 'its value is too long'))
    })
    parser.on('filesLimit', () => refuse(new RequestError('too_many_files', 'Send one file only')))
    parser.on('fieldsLimit', () => refuse(invalid('body', 'has too many fields')))
    parser.on('partsLimit', () => refuse(invalid('body', 'has too many parts')))
    await pipeline(body, parser)
  } catch (error) {
    // An aborted parser may emit an error of its own.
    throw refusal ?? invalid('body', 'is no complete multipart body', error)
  }
  return parts
}

function noFile(part: string): RequestError {
  return new RequestError('no_file', `Send one file in the part "${part}"`)
}

function invalid(field: string, problem: string, cause?: unknown): RequestError {
  return new RequestError('invalid_field', `${field}: ${problem}`, { field, cause })
}
