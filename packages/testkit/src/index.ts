export { modelRun } from './model/model-run.js'
export type { ModelRunOptions, ModelRunReport } from './model/model-run.js'
