import type { Service, ServiceCatalogue, ServiceData, ServiceOffer } from './service.js'
import { normalizeUnitText } from './unit-text.js'

type Offering = Parameters<ServiceCatalogue['offeredBy']>[0]

const MATCH = { phrase: 3, start: 2, words: 1, none: 0 } as const
const SHORTEST_PART = 2

function isOffered({ kinds, unitUids, livingOn }: ServiceOffer, { uid, kind, validTo = null }: Offering): boolean {
  if (unitUids.includes(uid)) return true
  if (!kinds.includes(kind)) return false
  return livingOn === undefined || validTo === null || validTo > livingOn
}

/** What people may type for a service: its code, its names, its everyday words. */
function phrasesOf({ code, name, words }: Service): readonly string[] {
  return [code, name.vi, name.en, ...words.vi, ...words.en].map(normalizeUnitText)
}

function matchOf(phrases: readonly string[], typed: string): number {
  if (phrases.includes(typed)) return MATCH.phrase
  if (typed.length < SHORTEST_PART) return MATCH.none
  if (phrases.some((phrase) => phrase.startsWith(typed))) return MATCH.start
  const typedWords = typed.split(' ')
  const fitsOne = phrases.some((phrase) => {
    const words = phrase.split(' ')
    return typedWords.every((one) => words.some((word) => word.startsWith(one)))
  })
  const isSaidWithin = phrases.some((phrase) => phrase.includes(' ') && ` ${typed} `.includes(` ${phrase} `))
  return fitsOne || isSaidWithin ? MATCH.words : MATCH.none
}

/**
 * The catalogue of services over its data.
 *
 * @example catalogue.search('làm khai sinh')[0].code // 'HT'
 */
export function createServiceCatalogue({ services, offers }: ServiceData): ServiceCatalogue {
  const byCode = new Map(services.map((service) => [service.code, service]))
  const phrases = services.map((service) => ({ service, phrases: phrasesOf(service) }))
  return {
    all: () => services,
    byCode: (code) => byCode.get(code),
    offersOf: (code) => offers.filter(({ service }) => service === code),
    offeredBy: (unit) => {
      const offered = new Set(offers.filter((offer) => isOffered(offer, unit)).map((offer) => offer.service))
      return services.filter(({ code }) => offered.has(code))
    },
    search: (text) => {
      const typed = normalizeUnitText(text)
      if (typed === '') return []
      return phrases
        .map((entry) => ({ service: entry.service, match: matchOf(entry.phrases, typed) }))
        .filter(({ match }) => match > MATCH.none)
        .sort((a, b) => b.match - a.match)
        .map(({ service }) => service)
    },
  }
}
