import type { Language } from '../../domain/survey/vocabulary.js'
import { GLOSSARY_PATH } from '../index-reports/index.js'
import type { WaveOverview } from './get-city-overview.js'

/** Where the page stands, and where it leads. */
export interface CityPlace {
  /** The language, where the reader chose it in the address and the form must keep it. */
  readonly chosenLanguage: Language | null
  readonly method: string
  readonly report: string
  readonly modes: string
  readonly analysis: string
  readonly series: string
  readonly unitsCsv: string
  readonly criteriaCsv: string
  readonly workbook: string
  /** The unit's own page in the wave. */
  readonly unitHref: (uid: string) => string
  /** The unit's rows in the report. */
  readonly reportHref: (uid: string) => string
}

/** Addresses of and around the page of a wave, the reader's language kept. */
export function toCityPlace(
  { overview }: Pick<WaveOverview, 'overview'>,
  language: Language,
  langQuery: string,
): CityPlace {
  const { id, respondentType, mode } = overview.report.wave
  const chosen = langQuery === '' ? {} : { lang: language }
  const to = (path: string, params: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams({ ...params, ...chosen })
    return query.size === 0 ? path : `${path}?${query}`
  }
  const report = `/reports/${id}`
  return {
    chosenLanguage: langQuery === '' ? null : language,
    method: to(GLOSSARY_PATH),
    report: to(report),
    modes: to(`${report}/modes`),
    analysis: to(`${report}/analysis`),
    series: to('/series', { respondents: respondentType, mode }),
    unitsCsv: to('/city/units.csv', { wave: id }),
    criteriaCsv: to('/city/criteria.csv', { wave: id }),
    workbook: to('/city/overview.xlsx', { wave: id }),
    unitHref: (uid) => to(`/agency/${uid}`, { wave: id }),
    reportHref: (uid) => to(report, { unit: uid }),
  }
}
