import { randomBytes } from 'node:crypto'
import type { Dependencies } from '../../server/dependencies.js'
import { cityDay } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { planCounts, settingsWith, simulateWave, storeResponses } from '../simulate/index.js'
import type { DemoAccount } from './demo-folder.js'
import { AGENCY_UNITS, type DemoWave, demoWaves, districtsOn } from './demo-waves.js'

/** The seed of all that is simulated here: every demonstration of one month shows the same figures. */
const SEED = 'hai-long-demo-1'

/** Rounds that have ended, published in this order. */
const RELEASED = ['2024-01-web-citizen', '2025-01-web-citizen']

async function createWave({ waves }: Dependencies, { file }: DemoWave): Promise<Wave> {
  const outcome = await waves.create(file)
  if (outcome.kind === 'created' || outcome.kind === 'unchanged') return outcome.wave
  throw new Error(`Wave ${file.id} cannot be made: ${JSON.stringify(outcome)}`)
}

async function fillWave(parts: Dependencies, wave: Wave, demo: DemoWave, until: IsoDay): Promise<number> {
  const { registry, services, published } = parts
  const instrument = published.find(({ hash }) => hash === wave.questionnaireHash)
  if (!instrument) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const counts = planCounts(SEED, wave.id, wave.unitUids, demo.plan)
  const settings = settingsWith({ trend: demo.trend })
  const input = { seed: SEED, settings, wave, published: instrument, counts, until, registry, services }
  return storeResponses(parts.responses, simulateWave(input))
}

async function createAccounts({ accounts, registry }: Dependencies, on: IsoDay): Promise<readonly DemoAccount[]> {
  const agencies = AGENCY_UNITS.map((unitUid) => ({
    login: unitUid,
    name: registry.nameOf(unitUid, on).vi,
    role: 'agency_head' as const,
    unitUid,
  }))
  const wanted = [
    { login: 'analyst', name: 'Chuyên viên phân tích', role: 'analyst' as const },
    { login: 'monitor', name: 'Theo dõi toàn thành phố', role: 'monitor' as const },
    ...agencies,
  ]
  return Promise.all(
    wanted.map(async (account) => {
      const password = randomBytes(12).toString('base64url')
      const outcome = await accounts.createAccount({ ...account, password })
      if (outcome.kind !== 'created') throw new Error(`Account ${account.login} cannot be made: ${outcome.kind}`)
      return { login: account.login, password, name: account.name }
    }),
  )
}

/**
 * Fills an empty database with the demonstration: waves, a year of simulated responses, their tallies, accounts.
 *
 * @param say receives one line per wave
 * @returns the accounts with their passwords, which are stored nowhere else in clear
 */
export async function fillDemo(
  parts: Dependencies,
  now: Date,
  say: (line: string) => void,
): Promise<readonly DemoAccount[]> {
  const today = cityDay(now)
  // Tallies of one wave are built while the next is simulated.
  let built: Promise<unknown> = Promise.resolve()
  for (const demo of demoWaves(today, (day) => districtsOn(parts.registry, day))) {
    const wave = await createWave(parts, demo)
    const stored = await fillWave(parts, wave, demo, today)
    say(`${wave.id}: ${stored} phiếu mô phỏng · simulated responses`)
    built = Promise.all([built, parts.tallies.build(wave.id)])
    built.catch(() => {})
  }
  await built
  for (const waveId of RELEASED) await publish(parts, waveId)
  return createAccounts(parts, today)
}

/** A release of a wave that has ended, as two people at the Institute would publish it. */
async function publish({ releases: { draft, decisions } }: Dependencies, waveId: string): Promise<void> {
  const reason = { vi: 'Công bố lần đầu (mô phỏng).', en: 'First publication (simulated).' }
  const begun = await draft({ waveId, reason, login: 'analyst' })
  if (begun.kind !== 'begun') throw new Error(`Nothing was drafted of ${waveId}: ${begun.kind}`)
  await begun.work
  const second = { id: begun.id, login: 'method-owner', note: '' }
  for (const step of [decisions.approve, decisions.publish]) {
    const { kind } = await step(second)
    if (kind !== 'done') throw new Error(`${begun.id} cannot be published: ${kind}`)
  }
}
