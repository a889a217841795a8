import { MODES_BY_INDEPENDENCE } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'

/**
 * Waves as an agency reads them: the latest to open first, then citizens before businesses, then by mode: its page never opens
 * with its own counter when an independent measurement of the same time is there.
 */
export function orderWaves(waves: readonly Wave[]): readonly Wave[] {
  const typeOf = ({ respondentType }: Wave) => (respondentType === 'citizen' ? 0 : 1)
  const modeOf = ({ mode }: Wave) => MODES_BY_INDEPENDENCE.indexOf(mode)
  return waves.toSorted((a, b) => {
    if (a.opensOn !== b.opensOn) return a.opensOn < b.opensOn ? 1 : -1
    return typeOf(a) - typeOf(b) || modeOf(a) - modeOf(b)
  })
}
