/** Releases: figures that are frozen, signed and published by two persons, and that anybody can recompute. */
import type { Connection } from '../../platform/mongo/connect.js'
import { type DecisionNeeds, makeDecisions } from './decide-release.js'
import { type DraftNeeds, makeDraftRelease } from './draft-release.js'
import { releaseReader } from './read-release.js'
import { mongoReleases } from './release.repository.js'
import { releaseRoutes } from './release.routes.js'
import { releaseApi } from './release-api.routes.js'
import { type DeskNeeds, releaseDeskRoutes } from './release-desk.routes.js'

export { type BundleCheck, type BundleFault, verifyBundle } from './verify-bundle.js'

/** Everything about releases on a connection. */
export function createReleases(
  deps: Omit<DraftNeeds, 'releases'> &
    Omit<DecisionNeeds, 'releases'> &
    Omit<DeskNeeds, 'releases' | 'reader' | 'draft' | 'decisions' | 'hasSigningKey'> & {
      readonly connection: Connection
      /** Told what a draft failed of. */
      readonly failed: (error: unknown) => void
    },
) {
  const releases = mongoReleases(deps.connection)
  const reader = releaseReader(releases)
  const draft = makeDraftRelease({ ...deps, releases }, deps.failed)
  const decisions = makeDecisions({ ...deps, releases })
  return {
    draft,
    decisions,
    pages: [
      releaseRoutes({ ...deps, releases, reader }),
      releaseDeskRoutes({ ...deps, releases, reader, draft, decisions, hasSigningKey: deps.signer !== null }),
    ],
    api: releaseApi({ ...deps, releases, reader }),
  }
}
