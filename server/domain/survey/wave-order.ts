import { MODES_BY_INDEPENDENCE } from './vocabulary.js'
import type { Wave } from './wave.js'

/**
 * Waves as staff read them: the latest to open first, then citizens before businesses, then by mode: an agency's page never opens
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
