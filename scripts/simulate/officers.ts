import { createRandom } from './random.js'

/** A person at the counter, known to the simulation alone: responses do not say who served. */
export interface Officer {
  readonly id: string
  /** In latent standard deviations. */
  readonly effect: number
}

/** Officers by service, with their parts of its dossiers; parts of a service add up to 1. */
export type OfficersByService = ReadonlyMap<string, readonly (readonly [Officer, share: number])[]>

/** Services per officer, about; and how many share one service at most. */
const SERVICES_PER_OFFICER = 3
const MOST_PER_SERVICE = 3

/** The officers of a unit: a few, each on some of its services. */
export function officersOf(
  seed: string,
  spread: number,
  unitUid: string,
  services: readonly string[],
): OfficersByService {
  const random = createRandom(`${seed}/officers/${unitUid}`)
  const count = Math.max(2, Math.ceil(services.length / SERVICES_PER_OFFICER))
  const officers = Array.from({ length: count }, (_, i) => ({
    id: `${unitUid}#${i + 1}`,
    effect: spread * random.normal(),
  }))
  return new Map(
    services.map((service) => {
      const first = random.below(count)
      const size = 1 + random.below(Math.min(MOST_PER_SERVICE, count))
      const parts = Array.from(
        { length: size },
        (_, i) => [officers[(first + i) % count]!, 0.2 + random.uniform()] as const,
      )
      const total = parts.reduce((sum, [, part]) => sum + part, 0)
      return [service, parts.map(([officer, part]) => [officer, part / total] as const)]
    }),
  )
}
