import type { Scope } from '../../domain/access/scope.js'
import type { Method } from '../../domain/method/method.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'

/** What reports by a method are made from. */
export interface MethodReportNeeds {
  readonly methods: readonly Method[]
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'nameOf' | 'parentOf' | 'subtreeOf'>
  readonly responses: { streamWave(scope: Scope, waveId: string): AsyncIterable<NewResponse> }
  /** Tells whether the counts of a wave are still those that a kept report was made beside. */
  readonly tallies: { stateOf(waveId: string): Promise<string> }
  readonly now: () => Date
}
