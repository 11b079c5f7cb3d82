import type { CheckSettings, Preset } from '@tenantry/core'
import { z } from 'zod'

/** What a new team may spend where nothing is said. */
export const CREDIT = 512

/** The settings of a team that name a model, by what the model is for. */
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
  /** Whether this user may name this model for a team. */
  has(model: { readonly kind: ModelKind; readonly id: string; readonly userId: string }): boolean | Promise<boolean>
  /** What a team has where none is named. */
  readonly defaults?: { readonly [Kind in ModelKind]?: string }
}

export interface TeamsPresetOptions {
  /** Your catalogue of models. Without it any text is a model's id. */
  readonly models?: ModelCatalogue
}

const ModelId = z.string().min(1).max(200)

const CRUD = ['create', 'read', 'update', 'delete'] as const

/**
 * What the `teams` API needs of a tenancy: the resources `dataset` and `canvas`, and the settings of a team, among them its
 * models. `normal` and `invite` are what it calls a member and somebody invited.
 */
export function teamsPreset({ models }: TeamsPresetOptions = {}) {
  const idOf = (kind: ModelKind) => {
    const usual = models?.defaults?.[kind]
    return usual === undefined ? ModelId.optional() : ModelId.default(usual)
  }
  const settings = z.object({
    llmId: idOf('llm'),
    embdId: idOf('embd'),
    asrId: idOf('asr'),
    img2txtId: idOf('img2txt'),
    rerankId: idOf('rerank'),
    ttsId: idOf('tts'),
    parserIds: z.string().min(1).max(1000).optional(),
    credit: z.int().nonnegative().default(CREDIT),
  })
  return {
    resources: { dataset: CRUD, canvas: CRUD },
    reservedRoles: ['normal', 'invite'],
    settings,
    ...(models && { checkSettings: checkModels(models) }),
  } satisfies Preset
}

/** Rejects models that the catalogue does not have for the user. */
function checkModels(models: ModelCatalogue): CheckSettings {
  return async ({ settings, userId }) => {
    for (const [kind, setting] of Object.entries(MODEL_SETTINGS) as [ModelKind, string][]) {
      const id = settings[setting]
      if (typeof id !== 'string' || (await models.has({ kind, id, userId }))) continue
      return { setting, message: 'the catalogue has no such model' }
    }
    return null
  }
}
