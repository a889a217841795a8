/** Releases: figures that are frozen, signed and published by two persons, and that anybody can recompute. */
import { limitPerAddress } from '../../platform/http/rate-limit.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { type DecisionNeeds, makeDecisions } from './decide-release.js'
import { type DraftNeeds, makeDraftRelease } from './draft-release.js'
import { type EarlierNeeds, makeEarlierWaves } from './earlier-waves.js'
import { releaseReader } from './read-release.js'
import { mongoReleases } from './release.repository.js'
import { releaseRoutes } from './release.routes.js'
import { releaseApi } from './release-api.routes.js'
import { type DeskNeeds, releaseDeskRoutes } from './release-desk.routes.js'

export { raterOf } from './issuers.js'
export { type OfficialForm, officialFormFiles } from './official-form.js'
export type { PaperCell } from './paper-cells.js'
export type { PaperTable } from './paper-table.js'
export { type BundleCheck, type BundleFault, verifyBundle } from './verify-bundle.js'

/** Files of releases that one address may fetch; an office of many people may share one. */
const FILES_PER_MINUTE = 120

/** Everything about releases on a connection. */
export function createReleases(
  deps: Omit<DraftNeeds, 'releases' | 'earlierWaves'> &
    Omit<EarlierNeeds, 'releases'> &
    Omit<DecisionNeeds, 'releases'> &
    Omit<DeskNeeds, 'releases' | 'reader' | 'draft' | 'decisions' | 'hasSigningKey' | 'fileLimiter'> & {
      readonly connection: Connection
      readonly counters: Counters
      /** Told what a draft failed of. */
      readonly failed: (error: unknown) => void
    },
) {
  const releases = mongoReleases(deps.connection)
  const fileLimiter = limitPerAddress(FILES_PER_MINUTE, { ...deps, name: 'release files' })
  const reader = releaseReader(releases)
  const draft = makeDraftRelease(
    { ...deps, releases, earlierWaves: makeEarlierWaves({ ...deps, releases }) },
    deps.failed,
  )
  const decisions = makeDecisions({ ...deps, releases })
  return {
    draft,
    decisions,
    pages: [
      releaseRoutes({ ...deps, releases, reader, fileLimiter }),
      releaseDeskRoutes({
        ...deps,
        fileLimiter,
        releases,
        reader,
        draft,
        decisions,
        hasSigningKey: deps.signer !== null,
      }),
    ],
    api: releaseApi({ ...deps, releases, reader, fileLimiter }),
  }
}
