import { randomUUID } from 'node:crypto'
import { wholeCity } from '../../server/domain/access/scope.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { WaveFile } from '../../server/features/waves/index.js'

/** What tests read that are not about scopes. */
export const CITY = wholeCity('tests')

/** A citizens' web wave over the year 2026, with changes where a test needs them. */
export function wave(overrides: Partial<Wave> = {}): Wave {
  return {
    id: '2026-web-citizen',
    title: { vi: 'Đợt 2026', en: 'Wave 2026' },
    questionnaireHash: 'abc',
    respondentType: 'citizen',
    mode: 'web',
    unitUids: [],
    serviceCodes: [],
    referenceOn: '2026-01-01',
    opensOn: '2026-01-01',
    closesOn: '2027-01-01',
    isSimulated: false,
    ...overrides,
  }
}

/** The file of a web wave over the wards in the year 2026, with changes where a test needs them. */
export function waveFile(overrides: Partial<WaveFile> = {}): WaveFile {
  return {
    id: '2026-web',
    title: { vi: 'Đợt 2026', en: 'Wave 2026' },
    questionnaire: { id: 'tiny', version: '1.0' },
    mode: 'web',
    units: { kinds: ['phuong'], uids: [] },
    services: [],
    referenceOn: '2026-01-01',
    opensOn: '2026-01-01',
    closesOn: '2027-01-01',
    isSimulated: false,
    ...overrides,
  }
}

/** A complete web response of its own, given and stored at 10 o'clock of its day, with changes where a test needs them. */
export function response(overrides: Partial<NewResponse> = {}): NewResponse {
  const day = overrides.day ?? '2026-03-15'
  const at = new Date(`${day}T03:00:00Z`)
  return {
    submissionId: randomUUID(),
    waveId: '2026-web',
    questionnaireHash: 'hash-of-tiny',
    consentVersion: 'c1',
    respondentType: 'citizen',
    unitUid: 'q1',
    service: 'dat_dai',
    language: 'vi',
    mode: 'web',
    channel: 'finder',
    transactionOn: '2026-03-01',
    startedAt: at,
    submittedAt: at,
    day,
    disposition: 'complete',
    answers: { C1: 5, C2: 4, C3: 96, C4: 2, C5: 3, G1: 4 },
    isSimulated: false,
    ...overrides,
  }
}
