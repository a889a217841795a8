import { isDeepStrictEqual } from 'node:util'
import type { Wave } from '../../domain/survey/wave.js'
import { planWave, type WaveProblem, type WaveSources } from './plan-wave.js'
import type { WaveRepository } from './wave.repository.js'
import { conflictingWaves } from './wave-conflicts.js'
import type { WaveFile } from './wave-file.js'

/** What came of creating a wave. */
export type CreateWaveOutcome =
  | { readonly kind: 'created'; readonly wave: Wave }
  /** The very same wave is there already. */
  | { readonly kind: 'unchanged'; readonly wave: Wave }
  /** The wave is there already; only what is known of its sample has changed, and is recorded. */
  | { readonly kind: 'sampling_recorded'; readonly wave: Wave }
  | { readonly kind: 'invalid'; readonly problems: readonly WaveProblem[] }
  /** Other waves would be open for the same unit, service, respondent type and mode on some day. */
  | { readonly kind: 'conflict'; readonly with: readonly Wave[] }
  /** Another wave has the id. */
  | { readonly kind: 'id_taken'; readonly wave: Wave }

/** What waves are planned from; published questionnaires may grow while the process runs. */
export type CreationSources = Omit<WaveSources, 'published'> & {
  readonly listPublished: () => Promise<WaveSources['published']>
}

export type CreateWave = (file: WaveFile) => Promise<CreateWaveOutcome>

/** What would come of it; nothing is written. */
export type WaveCheck =
  | { readonly kind: 'would_create'; readonly wave: Wave }
  | { readonly kind: 'would_record_sampling'; readonly wave: Wave }
  | Exclude<CreateWaveOutcome, { readonly kind: 'created' | 'sampling_recorded' }>

/**
 * Creates waves from wave files.
 *
 * The check for conflicts and the insert are two steps: waves are made by one person with a command, not by the public.
 */
export function makeCreateWave(
  deps: CreationSources & { readonly waves: Pick<WaveRepository, 'byId' | 'insert' | 'list' | 'setSampling'> },
): CreateWave {
  const check = makeCheckWave(deps)
  return async (file) => {
    const outcome = await check(file)
    if (outcome.kind === 'would_record_sampling') return recordSampling(deps.waves, outcome.wave)
    if (outcome.kind !== 'would_create') return outcome
    const { wave } = outcome
    if ((await deps.waves.insert(wave)) === 'inserted') return { kind: 'created', wave }
    const winner = await deps.waves.byId(wave.id)
    if (winner === undefined) throw new Error(`Wave ${wave.id} is a duplicate, yet it cannot be found`)
    return { kind: isDeepStrictEqual(winner, wave) ? 'unchanged' : 'id_taken', wave: winner }
  }
}

/** Says what creating a wave would do. */
export function makeCheckWave(deps: CreationSources & { readonly waves: Pick<WaveRepository, 'byId' | 'list'> }) {
  return async (file: WaveFile): Promise<WaveCheck> => {
    const plan = planWave(file, { ...deps, published: await deps.listPublished() })
    if (plan.kind === 'invalid') return plan
    const { wave } = plan
    const present = await deps.waves.byId(wave.id)
    if (present) return besidePresent(present, wave)
    const conflicts = conflictingWaves(wave, await deps.waves.list())
    return conflicts.length > 0 ? { kind: 'conflict', with: conflicts } : { kind: 'would_create', wave }
  }
}

/** How many were asked is known when collection ends, so that much of a wave may be added; all else of it is fixed. */
function besidePresent(present: Wave, wanted: Wave): WaveCheck {
  if (isDeepStrictEqual(present, wanted)) return { kind: 'unchanged', wave: present }
  const { sampling: _, ...fixed } = present
  const { sampling, ...wantedFixed } = wanted
  if (sampling === undefined || !isDeepStrictEqual(fixed, wantedFixed)) return { kind: 'id_taken', wave: present }
  return { kind: 'would_record_sampling', wave: wanted }
}

async function recordSampling(waves: Pick<WaveRepository, 'setSampling'>, wave: Wave): Promise<CreateWaveOutcome> {
  if (wave.sampling !== undefined) await waves.setSampling(wave.id, wave.sampling)
  return { kind: 'sampling_recorded', wave }
}
