import type { CityOverview } from '../../domain/overview/city-overview.js'
import { SATISFACTION_TARGETS } from '../../domain/report/targets.js'
import { instrumentText, itemLabel, methodText, periodText, toHeadline } from '../index-reports/index.js'
import type { CityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'
import { cityChangeText, toFallingUnits } from './falling-units.view.js'
import type { WaveOverview } from './get-city-overview.js'
import { toCityModes } from './modes.view.js'
import { silenceCounts, toSilence } from './silence.view.js'
import { toWeakCriteria } from './weak-criteria.view.js'
import { toWeakUnits } from './weak-units.view.js'

/** The city at a glance: the answer, then each list with what it rests on; every number finished text. */
export function toCityOverviewView(found: WaveOverview, place: CityPlace, words: CityWords) {
  const { overview, modes, waves } = found
  const { report, since, units, silence, criteria } = overview
  const { t, formats, language } = words
  const { wave } = report
  const total = report.blocks[0]
  return {
    pageTitle: t('city.title'),
    waveTitle: wave.title[language],
    extraStyle: 'city.css',
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    picker: {
      lang: place.chosenLanguage,
      hasChoice: waves.length > 1,
      waves: waves.map(({ id, title }) => ({ id, title: title[language], isCurrent: id === wave.id })),
    },
    facts: factsOf(overview, words),
    isEmpty: (total?.receivedCount ?? 0) === 0,
    emptyText: t('city.empty', { from: formats.day(wave.opensOn) }),
    headline: toHeadline(total, words),
    targetLabel: t('city.target_short', { target: formats.count(SATISFACTION_TARGETS[0].percent) }),
    change: cityChangeText(since, words),
    modes: toCityModes(modes, words),
    brief: briefOf(overview, words),
    weak: toWeakUnits(units, place, words),
    falling: toFallingUnits(since, place, words),
    silence: toSilence(silence, place, words),
    criteria: toWeakCriteria(criteria, words),
    doubts: doubtsOf(found, words),
    links: place,
  }
}

/** What every figure of the page rests on. */
function factsOf({ report }: CityOverview, words: CityWords): readonly string[] {
  const { t, formats } = words
  const { wave, blocks } = report
  return [
    t(`reports.respondents_${wave.respondentType}`),
    t(`reports.mode_${wave.mode}`),
    t('reports.responses', {
      valid: formats.count(blocks[0]?.responseCount ?? 0),
      received: formats.count(blocks[0]?.receivedCount ?? 0),
    }),
    periodText({ from: wave.opensOn, to: wave.closesOn }, t, formats),
    instrumentText(report, words),
    methodText(report, words),
  ].filter((fact) => fact !== null)
}

/** The page in four numbers, each leading to its list. */
function briefOf({ units, since, silence, criteria }: CityOverview, words: CityWords) {
  const { t, formats } = words
  const { silent, few, inScope } = silenceCounts(silence)
  const lowest = criteria.lowest[0]
  return [
    {
      href: '#weak',
      number: formats.count(units.weak.length),
      text: t('city.brief_weak', { shown: formats.count(units.judged.length) }),
    },
    {
      href: '#falling',
      ...fallingBrief(since, words),
    },
    {
      href: '#silent',
      number: formats.count(silent),
      text: t('city.brief_silent', { inScope: formats.count(inScope), few: formats.count(few) }),
    },
    ...(lowest === undefined
      ? []
      : [
          {
            href: '#criteria',
            number: formats.percent(lowest.estimate.figures.topTwoBoxPercent),
            text: t('city.brief_criterion', { criterion: itemLabel(lowest.line, words) }),
          },
        ]),
  ]
}

function fallingBrief(since: CityOverview['since'], { t, formats }: CityWords) {
  if (since === null || since.units.tested.length === 0) return { number: '–', text: t('city.brief_untested') }
  const { falling, tested } = since.units
  return {
    number: formats.count(falling.length),
    text: t('city.brief_falling', { tested: formats.count(tested.length) }),
  }
}

/** What to take with care: figures on few people, and responses that were taken out. */
function doubtsOf({ overview, voidedCount }: WaveOverview, { t, formats }: CityWords): readonly string[] {
  const { judged } = overview.units
  const flagged = judged.filter(({ estimate }) => estimate.reliability === 'flagged').length
  const counts = { flagged: formats.count(flagged), shown: formats.count(judged.length) }
  return [
    ...(flagged === 0 ? [] : [t('city.doubtful', counts)]),
    ...(voidedCount === 0 ? [] : [t('reports.voided', { count: formats.count(voidedCount) })]),
  ]
}
