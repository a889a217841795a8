import type { Wave } from '../../server/domain/survey/wave.js'
import type { Service } from '../../server/domain/units/service.js'
import type { LineageStep, Unit, UnitKind } from '../../server/domain/units/unit.js'
import { chooseWave, isOpenOn, type WaveQuery } from '../../server/features/waves/index.js'
import { wave } from './builders.js'
import { smallQuestionnaire } from './small-questionnaire.js'

const both = (vi: string, en: string) => ({ vi, en })

function unit(uid: string, kind: UnitKind, vi: string, validFrom: string | null, validTo: string | null): Unit {
  const names = [{ vi, en: vi, from: null, to: null }]
  return { uid, kind, names, codes: [], parents: [], validFrom, validTo, legalBasis: 'made for tests' }
}

const QUAN_1 = unit('quan-1', 'quan', 'Quận 1', null, '2025-07-01')
const SAI_GON = unit('phuong-sai-gon', 'phuong', 'Phường Sài Gòn', '2025-07-01', null)
const TAN_DINH = unit('phuong-tan-dinh', 'phuong', 'Phường Tân Định', '2025-07-01', null)
const UNITS = [QUAN_1, SAI_GON, TAN_DINH]

function step(to: Unit): LineageStep {
  const link = { from: QUAN_1.uid, to: to.uid, extent: 'part', share: null, shareBasis: null } as const
  return { unit: to, on: '2025-07-01', link }
}

const byUid = (uid: string) => UNITS.find((candidate) => candidate.uid === uid)
const nameOf = (uid: string) => byUid(uid)?.names[0] ?? both(uid, uid)
const isValid = (uid: string, on: string) => {
  const found = byUid(uid)
  return found !== undefined && (found.validFrom ?? '') <= on && (found.validTo === null || on < found.validTo)
}

/** Three units: a district until July 2025, two of the wards that took over. */
export const smallRegistry = {
  byUid,
  isValid,
  nameOf,
  validOn: (on: string) => UNITS.filter(({ uid }) => isValid(uid, on)),
  successorsOf: (uid: string) => (uid === QUAN_1.uid ? [step(SAI_GON), step(TAN_DINH)] : []),
  predecessorsOf: (uid: string) => (uid === QUAN_1.uid ? [] : [{ ...step(SAI_GON), unit: QUAN_1 }]),
}

const service = (code: string, vi: string, en: string): Service => ({
  code,
  name: both(vi, en),
  description: both(vi, en),
  words: { vi: [], en: [] },
  isUtility: false,
})
const SERVICES = [
  service('HT', 'Hộ tịch', 'Civil status'),
  service('DAT', 'Đất đai', 'Land'),
  service('HQ', 'Hải quan', 'Customs'),
]

/** Three services, of which customs is offered nowhere here. */
export const smallServices = {
  byCode: (code: string) => SERVICES.find((candidate) => candidate.code === code),
  offeredBy: () => SERVICES.filter(({ code }) => code !== 'HQ'),
}

export const SMALL_HASH = 'a'.repeat(64)
export const smallQuestionnaires = {
  byHash: async (hash: string) => (hash === SMALL_HASH ? { hash, questionnaire: smallQuestionnaire() } : undefined),
}

/** A web wave of citizens over all three units, from July 2025 up to April 2026. */
export const smallWave = (overrides: Partial<Wave> = {}): Wave =>
  wave({
    questionnaireHash: SMALL_HASH,
    unitUids: UNITS.map(({ uid }) => uid),
    referenceOn: '2025-07-01',
    opensOn: '2025-07-01',
    closesOn: '2026-04-01',
    ...overrides,
  })

/** Waves as intake asks for them, over a fixed list. */
export function smallWaves(waves: readonly Wave[]) {
  return {
    byId: async (id: string) => waves.find((one) => one.id === id),
    find: async (query: WaveQuery) => chooseWave(waves, query),
    openFor: async (unitUid: string, on: string) =>
      waves.filter((one) => one.unitUids.includes(unitUid) && isOpenOn(one, on)),
  }
}

/** Noon of a day in Ho Chi Minh City within the wave. */
export const NOON = new Date('2026-02-10T05:00:00Z')
