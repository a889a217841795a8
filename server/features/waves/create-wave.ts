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

export type CreateWave = (file: WaveFile) => Promise<CreateWaveOutcome>

/**
 * Creates waves from wave files.
 *
 * The check for conflicts and the insert are two steps: waves are made by one person with a command, not by the public.
 */
export function makeCreateWave(
  deps: WaveSources & { readonly waves: Pick<WaveRepository, 'byId' | 'insert' | 'list' | 'setSampling'> },
): CreateWave {
  return async (file) => {
    const plan = planWave(file, deps)
    if (plan.kind === 'invalid') return plan
    const { wave } = plan
    const present = await deps.waves.byId(wave.id)
    if (present) return keepPresent(deps.waves, present, wave)
    const conflicts = conflictingWaves(wave, await deps.waves.list())
    if (conflicts.length > 0) return { kind: 'conflict', with: conflicts }
    if ((await deps.waves.insert(wave)) === 'inserted') return { kind: 'created', wave }
    const winner = await deps.waves.byId(wave.id)
    if (winner === undefined) throw new Error(`Wave ${wave.id} is a duplicate, yet it cannot be found`)
    return { kind: isDeepStrictEqual(winner, wave) ? 'unchanged' : 'id_taken', wave: winner }
  }
}

/** How many were asked is known when collection ends, so that much of a wave may be added; all else of it is fixed. */
async function keepPresent(
  waves: Pick<WaveRepository, 'setSampling'>,
  present: Wave,
  wanted: Wave,
): Promise<CreateWaveOutcome> {
  if (isDeepStrictEqual(present, wanted)) return { kind: 'unchanged', wave: present }
  const { sampling: _, ...fixed } = present
  const { sampling, ...wantedFixed } = wanted
  if (sampling === undefined || !isDeepStrictEqual(fixed, wantedFixed)) return { kind: 'id_taken', wave: present }
  await waves.setSampling(present.id, sampling)
  return { kind: 'sampling_recorded', wave: wanted }
}
