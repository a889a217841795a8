import { instantOf } from '../../domain/audit/seal.js'
import { isTextOver } from '../../domain/privacy/retention.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Audit } from '../audit/index.js'

/** What the job reads and writes. */
export interface PurgeNeeds {
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly audit: Pick<Audit, 'log' | 'recordEvent' | 'removeAnswers'>
  readonly now: () => Date
}

/** What came of one run. */
export interface PurgeOutcome {
  /** Waves of which every word is gone now. */
  readonly done: readonly string[]
  readonly removed: number
  /** Waves of which some stretch is not as it was sealed: its words stay until somebody has looked. */
  readonly altered: readonly string[]
}

/** Waves whose words are gone already, as the log has it. */
async function purgedWaves({ log }: PurgeNeeds['audit']): Promise<ReadonlySet<string>> {
  const purged = new Set<string>()
  for (let before: number | null = null; ; ) {
    const events = await log.page({ before, kind: 'words_removed', limit: 100 })
    for (const { subject } of events) purged.add(subject)
    const last = events.at(-1)
    if (last === undefined) return purged
    before = last.seq
  }
}

const textItems = ({ questionnaire }: PublishedQuestionnaire): readonly string[] =>
  questionnaire.sections.flatMap(({ items }) => items.filter(({ kind }) => kind === 'text').map(({ code }) => code))

/**
 * Removes what people wrote in waves whose time is over (`textEndsOn`), and writes down when a wave is done. Restartable: what a
 * crash left is found again.
 */
export function makePurgeWords({ waves, questionnaires, audit, now }: PurgeNeeds) {
  return async (signal?: AbortSignal): Promise<PurgeOutcome> => {
    const today = cityDay(now())
    const due = (await waves.list()).filter((wave) => isTextOver(wave, today))
    const outcome = { done: [] as string[], removed: 0, altered: [] as string[] }
    if (due.length === 0) return outcome
    const purged = await purgedWaves(audit)
    for (const wave of due.filter(({ id }) => !purged.has(id))) {
      const questionnaire = await questionnaires.byHash(wave.questionnaireHash)
      if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
      const items = textItems(questionnaire)
      const { removed, altered, sealedTo } = await audit.removeAnswers({ wave: wave.id, items }, signal)
      outcome.removed += removed
      if (altered.length > 0) outcome.altered.push(wave.id)
      // What is loaded late is sealed first; a wave is done when nothing that it could hold is left to be sealed.
      else if (sealedTo !== null && instantOf(sealedTo) > new Date(`${wave.closesOn}T00:00:00Z`)) {
        const details = { items: items.join(' ') }
        await audit.recordEvent({
          kind: 'words_removed',
          actor: { type: 'job', name: 'retention' },
          subject: wave.id,
          details,
        })
        outcome.done.push(wave.id)
      }
    }
    return outcome
  }
}
