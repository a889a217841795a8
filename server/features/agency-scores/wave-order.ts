import type { Mode } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'

/**
 * Modes by how far their figures may be leaned on: an agency's page never opens with its own counter when an independent
 * measurement of the same time is there.
 *
 * @see methodology 0.4: counter surveys of 2006 gave 90 to 100 % where the household survey gave 70
 */
const MODE_ORDER: readonly Mode[] = ['face_to_face', 'phone', 'web', 'kiosk']

/** Waves as an agency reads them: the latest to open first, then citizens before businesses, then by mode. */
export function orderWaves(waves: readonly Wave[]): readonly Wave[] {
  const typeOf = ({ respondentType }: Wave) => (respondentType === 'citizen' ? 0 : 1)
  const modeOf = ({ mode }: Wave) => MODE_ORDER.indexOf(mode)
  return waves.toSorted((a, b) => {
    if (a.opensOn !== b.opensOn) return a.opensOn < b.opensOn ? 1 : -1
    return typeOf(a) - typeOf(b) || modeOf(a) - modeOf(b)
  })
}
