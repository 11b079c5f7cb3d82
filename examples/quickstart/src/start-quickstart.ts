import { randomBytes } from 'node:crypto'
import { createTenancy, mergePresets } from '@tenantry/core'
import { consolePreset, openapiPreset, teamsPreset, tenantPreset, workspacesPreset } from '@tenantry/express-router'
import { destination, pino, stdSerializers } from 'pino'
import { createApp } from './create-app.js'
import { createMailer } from './create-mailer.js'
import { finishDemo, prepareDemo } from './demo.js'
import { closeServer, listen } from './listen.js'
import { loadSecret } from './load-secret.js'
import { openStorage } from './open-storage.js'
import { replaceToken } from './replace-token.js'
import type { Settings } from './settings.js'
import { StartError } from './start-error.js'

/** The result of a start. Tokens are `null` unless this start created them. */
export interface Announcement {
  readonly url: string
  readonly operatorToken: string | null
  readonly ownerToken: string | null
  readonly workspaceId: string | null
}

/**
 * Opens the database, creates the demo data if there is none, listens, and calls `announce`. The first start is
 * complete only then: if it is interrupted earlier, the next one shows tokens again.
 */
export async function startQuickstart(
  settings: Settings,
  { resetTokens, announce }: { readonly resetTokens: boolean; readonly announce: (announcement: Announcement) => void },
): Promise<{ close(): Promise<void> }> {
  // JSON omits the message of an error.
  const serializers = { error: stdSerializers.err }
  const logger = pino({ level: settings.logLevel, serializers }, destination({ dest: 2, sync: true }))
  // The final port is known only after listening, but the options are validated before.
  let url = localUrl(settings.host, settings.port)
  let app: ReturnType<typeof createApp> | null = null
  const secret = secretOf(settings)
  const storage = await explained(() => openStorage(settings.database))
  const tenancy = createTenancy({
    storage,
    ...mergePresets(consolePreset(), openapiPreset(), tenantPreset(), teamsPreset(), workspacesPreset()),
    notifications: true,
    mailer: createMailer(settings),
    emailEncryptionKey: secret,
    invitationLink: (token) => `${settings.publicUrl ?? url}/activate?token=${token}`,
    logger,
  })
  try {
    await explained(() => tenancy.migrate())
    const demo = await prepareDemo(tenancy)
    const { server, port } = await listen((request, response) => void app?.(request, response), settings)
    url = localUrl(settings.host, port)
    // Which address it has is known once it listens, and before a first request can come.
    app = createApp({ tenancy, logger, publicUrl: settings.publicUrl ?? url })
    const isNew = resetTokens || !demo.isFinished
    announce({
      url,
      operatorToken: isNew ? await replaceToken(tenancy, demo.operator) : null,
      ownerToken: isNew ? await replaceToken(tenancy, demo.owner) : null,
      workspaceId: demo.workspaceId,
    })
    if (!demo.isFinished) await finishDemo(tenancy, demo)
    tenancy.startWorker()
    return {
      async close() {
        await closeServer(server)
        await tenancy.close()
      },
    }
  } catch (error) {
    await tenancy.close()
    throw error
  }
}

function secretOf({ secret, secretFile }: Settings): string {
  if (secret !== undefined) return secret
  return secretFile === null ? randomBytes(32).toString('base64url') : loadSecret(secretFile)
}

function localUrl(host: string, port: number): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}

async function explained<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The database cannot be used: ${reason}\nLook at DATABASE_URL.`, { cause: error })
  }
}
