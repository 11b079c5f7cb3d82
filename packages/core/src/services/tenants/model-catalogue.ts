import { TenancyError } from '../../errors.js'
import type { Settings } from '../../model/tenant.js'
import type { Context } from '../context.js'

/** The settings of a tenant that name a model, by what the model is for. */
const MODEL_SETTINGS = {
  llm: 'llmId',
  embd: 'embdId',
  asr: 'asrId',
  img2txt: 'img2txtId',
  rerank: 'rerankId',
  tts: 'ttsId',
} as const

/** What a model is for: chat, embedding, speech to text, images to text, ranking, text to speech. */
export type ModelKind = keyof typeof MODEL_SETTINGS

/** What models there are, as the host knows. It is asked outside any transaction. */
export interface ModelCatalogue {
  /** Whether this user may name this model for a tenant. */
  has(model: { readonly kind: ModelKind; readonly id: string; readonly userId: string }): boolean | Promise<boolean>
  /** What a new tenant has where none is named. */
  readonly defaults?: { readonly [Kind in ModelKind]?: string }
}

// Object.keys forgets which names the table has.
const KINDS = Object.keys(MODEL_SETTINGS) as readonly ModelKind[]

/** Whether settings name a model that the catalogue is to be asked about. */
export function namesModels({ models }: Pick<Context, 'models'>, settings: Settings = {}): boolean {
  return models !== null && KINDS.some((kind) => typeof settings[MODEL_SETTINGS[kind]] === 'string')
}

/** Refuses settings that name a model which the catalogue does not have for this user. */
export async function checkModels(
  { models }: Pick<Context, 'models'>,
  userId: string,
  settings: Settings = {},
): Promise<void> {
  if (models === null) return
  for (const kind of KINDS) {
    const id = settings[MODEL_SETTINGS[kind]]
    if (typeof id !== 'string' || (await models.has({ kind, id, userId }))) continue
    const field = `settings.${MODEL_SETTINGS[kind]}`
    throw new TenancyError('model_not_found', `${field}: the catalogue has no such model`, { field })
  }
}

/** The settings a new tenant begins with: what is not named is the catalogue's default. */
export function withDefaultModels({ models }: Pick<Context, 'models'>, settings: Settings = {}): Settings {
  const defaults = Object.entries(models?.defaults ?? {}).map(([kind, id]): [string, string] => {
    // The type says that no other kind is there.
    return [MODEL_SETTINGS[kind as ModelKind], id]
  })
  return { ...Object.fromEntries(defaults), ...settings }
}
