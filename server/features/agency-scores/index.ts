/** The page of an agency: its own scores against the median of its kind. */
import { type AgencyPageNeeds, agencyScoresRoutes } from './agency-scores.routes.js'
import {
  type AgencyScoresNeeds,
  listScoredUnits,
  makeGetAgencyComments,
  makeGetAgencyScores,
} from './get-agency-scores.js'

/** Everything that shows agencies their scores. */
export function createAgencyScores(
  deps: AgencyScoresNeeds & Omit<AgencyPageNeeds, 'getAgencyScores' | 'getAgencyComments' | 'listUnits'>,
) {
  return {
    pages: agencyScoresRoutes({
      ...deps,
      getAgencyScores: makeGetAgencyScores(deps),
      getAgencyComments: makeGetAgencyComments(deps),
      listUnits: (scope) => listScoredUnits(deps, scope),
    }),
  }
}
