import type { Wave } from '../../domain/survey/wave.js'
import type { WaveRepository } from './wave.repository.js'

/** How long waves are taken as they were read. A new one is found at once where there was none before. */
const FRESH_MS = 1000

type Source = Pick<WaveRepository, 'byId' | 'list' | 'ofUnit'>

interface Reading {
  readonly byId: ReadonlyMap<string, Wave>
  readonly ofUnit: ReadonlyMap<string, readonly Wave[]>
}

function read(waves: readonly Wave[]): Reading {
  const ofUnit = new Map<string, Wave[]>()
  for (const wave of waves) {
    for (const uid of wave.unitUids) {
      const known = ofUnit.get(uid)
      if (known) known.push(wave)
      else ofUnit.set(uid, [wave])
    }
  }
  return { byId: new Map(waves.map((wave) => [wave.id, wave])), ofUnit }
}

/**
 * Waves for intake: every page and every answer asks for them, and they change a few times a year.
 *
 * A wave is never edited, so one that is found is right. What is not found is looked up anew, so that nobody is turned away
 * from a wave just made; within a second of that, a unit with an older wave may not see the new one yet.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createRecentWaves(source: Source, now = () => performance.now()) {
  let reading: Promise<Reading> | null = null
  let readAtMs = 0

  function recent(): Promise<Reading> {
    if (reading !== null && now() - readAtMs < FRESH_MS) return reading
    readAtMs = now()
    const fresh = source.list().then(read)
    reading = fresh
    // A failed look-up must not be kept; its callers are told.
    fresh.catch(() => {
      if (reading === fresh) reading = null
    })
    return fresh
  }

  return {
    byId: async (id: string): Promise<Wave | undefined> => (await recent()).byId.get(id) ?? source.byId(id),
    ofUnit: async (unitUid: string): Promise<readonly Wave[]> =>
      (await recent()).ofUnit.get(unitUid) ?? source.ofUnit(unitUid),
    /** To be called when a wave was made here. */
    forget(): void {
      reading = null
    },
  }
}
