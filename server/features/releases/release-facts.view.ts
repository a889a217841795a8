import { cityDay } from '../../domain/survey/day.js'
import type { ReportContext } from '../index-reports/index.js'
import { sha256 } from './digests.js'
import { manifestOf, type WrittenRelease } from './read-release.js'
import type { ReleaseRecord } from './release.repository.js'

/** Where a release stands among those of its wave. */
export interface ReleaseLinks {
  readonly id: string
  readonly href: string
}

/** The published one that took its place, if any. */
export function successorOf(release: ReleaseRecord, published: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  return published
    .filter(({ waveId, number }) => waveId === release.waveId && number > release.number)
    .toSorted((a, b) => a.number - b.number)[0]
}

/** What holds the figures of a release together: numbers that anybody can compare. */
export function proofOf(release: WrittenRelease) {
  return { manifest: sha256(release.manifest), keyId: release.keyId, code: manifestOf(release).code }
}

/** The day on which something happened in the city, in words. */
export const dayText = (at: Date | null, { formats }: ReportContext): string =>
  at === null ? '' : formats.day(cityDay(at))
