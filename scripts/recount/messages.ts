import type { UnitRange } from '../../server/domain/survey/unit-range.js'
import type { RecountOutcome } from '../../server/features/tallies/index.js'
import type { DatabaseAddress } from '../../server/platform/mongo/connect.js'

/** What a helper is told: first where the database is, then one range of a wave's units after the other. */
export type ToHelper =
  | { readonly kind: 'open'; readonly address: DatabaseAddress }
  | { readonly kind: 'compare'; readonly waveId: string; readonly range: UnitRange }

/** What a helper answers to each. */
export type FromHelper =
  | { readonly kind: 'opened' }
  | { readonly kind: 'compared'; readonly outcome: RecountOutcome }
  | { readonly kind: 'failed'; readonly message: string }
