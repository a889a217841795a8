import type { Scope } from '../../domain/access/scope.js'
import type { Tally } from '../../domain/index/tally.js'
import type { Method } from '../../domain/method/method.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Period } from '../../domain/survey/vocabulary.js'
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
  /** Tells how many responses of a wave were counted: what a kept report is known to be up to date by. */
  readonly tallies: {
    read(
      scope: Scope,
      query: {
        readonly wave: Wave
        readonly unitUids: readonly string[] | null
        readonly service: string | null
        readonly period: Period
        readonly by: 'unit'
      },
    ): Promise<readonly { readonly tally: Pick<Tally, 'received'> }[]>
  }
  readonly now: () => Date
}
