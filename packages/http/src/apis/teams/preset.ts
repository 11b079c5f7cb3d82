import type { CheckSettings, Preset } from '@tenantry/core'
import { z } from 'zod'

/** The default credit of a new team. */
export const CREDIT = 512

/** The settings of a team that name a model, by the purpose of the model. */
const MODEL_SETTINGS = {
  llm: 'llmId',
  embd: 'embdId',
  asr: 'asrId',
  img2txt: 'img2txtId',
  rerank: 'rerankId',
  tts: 'ttsId',
} as const

/** The purpose of a model: chat, embedding, speech to text, images to text, ranking, text to speech. */
export type ModelKind = keyof typeof MODEL_SETTINGS

/** The host's catalog of models. Called outside any transaction. */
export interface ModelCatalogue {
  /** Whether this user may choose this model for a team. */
  has(model: { readonly kind: ModelKind; readonly id: string; readonly userId: string }): boolean | Promise<boolean>
  /** The default model of a new team. */
  readonly defaults?: { readonly [Kind in ModelKind]?: string }
}

export interface TeamsPresetOptions {
  /** Your catalog of models. Without it, any text is accepted as a model ID. */
  readonly models?: ModelCatalogue
}

const ModelId = z.string().min(1).max(200)

const CRUD = ['create', 'read', 'update', 'delete'] as const

/**
 * The options that the `teams` API needs: the resources `dataset` and `canvas`, and the settings of a team, including
 * its models. The API calls a member `normal`, and an invited user `invite`, so no role can have these keys.
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

/** Rejects models that the catalog does not offer to the user. */
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
