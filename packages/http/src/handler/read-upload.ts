import type { Request, Response } from 'express'
import multer from 'multer'
import { RequestError } from './failure.js'
import type { UploadedFile } from './route.js'
import { runMiddleware } from './run-middleware.js'

/** What multer takes beyond its published types. */
interface UploadOptions extends multer.Options {
  readonly streamHandler: (
    request: Request,
    parser: NodeJS.WritableStream & {
      on(
        event: 'file',
        listener: (part: string, stream: unknown, info: { readonly filename?: string }) => void,
      ): unknown
    },
  ) => void
}

/**
 * The one file of a multipart body.
 *
 * @throws {RequestError} for no file, more than one, one without a name, one that is too large, or any other part.
 */
export async function readUpload(
  request: Request,
  response: Response,
  { part, limitBytes }: { readonly part: string; readonly limitBytes: number },
): Promise<UploadedFile> {
  let isUnnamed = false
  const options: UploadOptions = {
    storage: multer.memoryStorage(),
    limits: { fileSize: limitBytes, files: 1, fields: 4, fieldSize: 1024, parts: 8, headerPairs: 50 },
    streamHandler: (stream, parser) => {
      // multer drops a file without a name and says nothing.
      parser.on('file', (name, _, { filename }) => (isUnnamed ||= name === part && !filename))
      stream.pipe(parser)
    },
  }
  await runMiddleware(multer(options).any(), request, response).catch((error: unknown) => refuse(error, part))
  // Without a file name and a type of its own, a part is a text field.
  const fields = Object.keys((request.body as object | undefined) ?? {})
  if (isUnnamed || fields.includes(part)) throw new RequestError('no_file_name', 'The file has no name')
  const [file] = Array.isArray(request.files) ? request.files : []
  if (file?.fieldname !== part) throw new RequestError('no_file', `Send one file in the part "${part}"`)
  const [field] = fields
  if (field !== undefined) throw new RequestError('invalid_field', `${field}: is not a part of this upload`, { field })
  return { name: file.originalname, bytes: new Uint8Array(file.buffer) }
}

// prettier-ignore
const REFUSALS: Partial<Record<multer.ErrorCode, () => RequestError>> = {
  LIMIT_FILE_SIZE:  () => new RequestError('file_too_large', 'The file is too large'),
  LIMIT_FILE_COUNT: () => new RequestError('too_many_files', 'Send one file only'),
}

function refuse(error: unknown, part: string): never {
  if (!(error instanceof multer.MulterError)) {
    throw new RequestError('invalid_field', 'body: is no complete multipart body', { field: 'body', cause: error })
  }
  if (error.code === 'LIMIT_FIELD_VALUE' && error.field === part)
    throw new RequestError('no_file_name', 'The file has no name')
  const field = error.field ?? 'body'
  throw (
    REFUSALS[error.code]?.() ?? new RequestError('invalid_field', `${field}: ${error.message}`, { field, cause: error })
  )
}
