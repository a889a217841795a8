import { addMonths } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'

/** How long the words that people wrote are kept after a wave has closed, unless its file says otherwise (methodology 6). */
export const TEXT_MONTHS = 24
/** Longer than this nobody needs them. */
export const MOST_TEXT_MONTHS = 60

/** The first day on which nothing that people wrote in a wave is kept any more. */
export const textEndsOn = ({ closesOn, retention }: Pick<Wave, 'closesOn' | 'retention'>): IsoDay =>
  addMonths(closesOn, retention?.textMonths ?? TEXT_MONTHS)

/**
 * Whether the words of a wave are past their time: from then on nothing shows them, whether they are removed yet or not. Simulated words
 * are nobody's.
 */
export const isTextOver = (wave: Pick<Wave, 'closesOn' | 'retention' | 'isSimulated'>, today: IsoDay): boolean =>
  !wave.isSimulated && textEndsOn(wave) <= today
