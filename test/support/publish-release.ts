import { waveFile } from './builders.js'
import { fillWave } from './simulated-wave.js'
import type { TestApp } from './start-app.js'

const PER_UNIT = { 'p-ben-thanh': 120, 'p-sai-gon': 80 }

/** Makes a wave that ended before the standard now, with simulated answers about two units unless told. */
export async function endedWave(app: TestApp, id: string, perUnit: Readonly<Record<string, number>> = PER_UNIT) {
  const outcome = await app.waves.create(
    waveFile({
      id,
      questionnaire: { id: 'citizen', version: '2026.1' },
      units: { kinds: [], uids: Object.keys(perUnit) },
      referenceOn: '2026-01-01',
      opensOn: '2026-01-01',
      closesOn: '2026-07-01',
      isSimulated: true,
    }),
  )
  if (outcome.kind !== 'created') throw new Error(`${id}: ${outcome.kind}`)
  await fillWave(app, outcome.wave, perUnit)
  return outcome.wave
}

/** Publishes the first release of a wave that has ended, made for it. */
export async function publishRelease(app: TestApp, waveId: string): Promise<string> {
  await endedWave(app, waveId, { 'p-thu-duc': 120, 'p-cho-lon': 80 })
  const { draft, decisions } = app.releases
  const reason = { vi: 'Lần đầu', en: 'The first' }
  const begun = await draft({ waveId, reason, login: 'first' })
  if (begun.kind !== 'begun') throw new Error(begun.kind)
  await begun.work
  for (const step of [decisions.approve, decisions.publish]) {
    const { kind } = await step({ id: begun.id, login: 'second', note: '' })
    if (kind !== 'done') throw new Error(kind)
  }
  return begun.id
}
