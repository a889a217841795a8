import type { Wave } from '../../../../server/domain/survey/wave.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { createServiceCatalogue } from '../../../../server/domain/units/service-catalogue.js'
import type { UnitKind } from '../../../../server/domain/units/unit.js'
import type { PageContext } from '../../../../server/features/finder/page-context.js'
import { wave as anyWave } from '../../../support/builders.js'
import { projectTexts } from '../../../support/project-files.js'
import { part, whole } from '../../../support/unit-fixtures.js'

export const ON = '2026-03-01'
const END = '2025-07-01'

const unit = (
  uid: string,
  kind: UnitKind,
  vi: string,
  en: string,
  life: [string | null, string | null],
  parent?: string,
) => ({
  uid,
  kind,
  names: [{ vi, en, from: null, to: null }],
  codes: [],
  parents: parent ? [{ uid: parent, from: life[0], to: life[1] }] : [],
  validFrom: life[0],
  validTo: life[1],
  legalBasis: 'test',
})

/** A city of one department, one district that ended and its two wards, of which one was divided. */
export const registry = createUnitRegistry({
  cityUid: 'tp',
  units: [
    unit('tp', 'thanh_pho', 'Thành phố', 'City', [null, null]),
    unit('so-y-te', 'so', 'Sở Y tế', 'Department of Health', [null, null], 'tp'),
    unit('so-lao-dong', 'so', 'Sở Lao động', 'Department of Labour', [null, '2025-10-01'], 'tp'),
    unit('quan-1', 'quan', 'Quận 1', 'District 1', [null, END], 'tp'),
    unit('quan-1.da-kao', 'phuong', 'Phường Đa Kao', 'Da Kao Ward', [null, END], 'quan-1'),
    unit('quan-1.ben-nghe', 'phuong', 'Phường Bến Nghé', 'Ben Nghe Ward', [null, END], 'quan-1'),
    unit('p-sai-gon', 'phuong', 'Phường Sài Gòn', 'Sai Gon Ward', [END, null], 'tp'),
    unit('p-tan-dinh', 'phuong', 'Phường Tân Định', 'Tan Dinh Ward', [END, null], 'tp'),
  ],
  events: [
    {
      on: END,
      type: 'merge',
      legalBasis: 'test',
      links: [
        part('quan-1.da-kao', 'p-sai-gon'),
        part('quan-1.da-kao', 'p-tan-dinh'),
        whole('quan-1.ben-nghe', 'p-sai-gon'),
        part('quan-1', 'p-sai-gon'),
        part('quan-1', 'p-tan-dinh'),
      ],
    },
    { on: '2025-10-01', type: 'merge', legalBasis: 'test', links: [whole('so-lao-dong', 'so-y-te')] },
  ],
})

const service = (code: string, vi: string, words: readonly string[]) => ({
  code,
  name: { vi, en: `${code} in English` },
  description: { vi: `Mô tả ${vi}`, en: `About ${code}` },
  words: { vi: words, en: ['word'] },
  isUtility: false,
})

export const services = createServiceCatalogue({
  services: [service('DAT', 'Đất đai, nhà ở', ['sổ đỏ', 'sổ hồng']), service('HT', 'Hộ tịch', ['giấy khai sinh'])],
  offers: [
    { service: 'DAT', kinds: ['phuong', 'quan', 'so'], unitUids: [] },
    { service: 'HT', kinds: ['phuong'], unitUids: [] },
  ],
})

/** An open web wave for citizens about every service of the ward Sài Gòn. */
export const wave = (overrides: Partial<Wave> = {}): Wave => anyWave({ unitUids: ['p-sai-gon'], ...overrides })

const texts = projectTexts()

/** Pages in Vietnamese, the language not chosen in the address. */
export const vietnamese: PageContext = { language: 'vi', t: texts.translator('vi'), chosenLanguage: null }
/** Pages in English by choice. */
export const english: PageContext = { language: 'en', t: texts.translator('en'), chosenLanguage: 'en' }
