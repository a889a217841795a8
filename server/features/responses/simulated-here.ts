import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { FormNeeds } from './page-answer.js'
import type { PageContext } from './page-context.js'

/** Whether what is collected at a place at present is simulated, for pages that need nothing else of the wave. */
export async function simulatedHere(
  { waves, now }: FormNeeds,
  { respondentType }: PageContext,
  { unitUid, service }: { readonly unitUid: string; readonly service: string },
): Promise<Pick<Wave, 'isSimulated'>> {
  const choice = await waves.find({ unitUid, service, respondentType, mode: 'web', on: cityDay(now()) })
  return { isSimulated: choice.kind === 'open' && choice.wave.isSimulated }
}
