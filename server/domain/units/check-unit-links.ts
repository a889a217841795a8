import { isWithin } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import { checkDerivedLinks } from './check-derived-links.js'
import type { Fault } from './check-unit-record.js'
import type { UnitProblem } from './check-units.js'
import type { UnitData, UnitLink } from './unit.js'
import { existsOn, type UnitMaps } from './unit-index.js'

/** Sums of decimal fractions such as 0.1 + 0.9 may miss 1 by this much. */
const SUM_TOLERANCE = 1e-9

function checkExtent({ from, to, extent, share, shareBasis }: UnitLink): Fault[] {
  if (extent === 'whole') {
    return share === 1 ? [] : [['bad_share', `${from} goes whole to ${to}: the share must be 1`]]
  }
  if (share === null) return []
  if (!(share > 0 && share < 1)) return [['bad_share', `The share of ${from} in ${to} must lie between 0 and 1`]]
  return shareBasis === null ? [['missing_share_basis', `The share of ${from} in ${to} needs its basis`]] : []
}

function checkEnds({ from, to, extent }: UnitLink, on: IsoDay, maps: UnitMaps): Fault[] {
  const [source, target] = [maps.byUid.get(from), maps.byUid.get(to)]
  const faults: Fault[] = []
  if (!source) faults.push(['unknown_unit', `A link starts at ${from}, which is not in the data`])
  if (!target) faults.push(['unknown_unit', `A link leads to ${to}, which is not in the data`])
  if (!source || !target) return faults
  const existedBefore =
    (source.validFrom === null || source.validFrom < on) && (source.validTo === null || on <= source.validTo)
  if (!existedBefore) faults.push(['event_outside_life', `${from} did not exist on the day before ${on}`])
  if (!existsOn(target, on)) faults.push(['event_outside_life', `${to} does not exist on ${on}`])
  if (extent === 'whole' && from !== to && source.validTo !== on) {
    faults.push(['whole_but_lives_on', `${from} goes whole to ${to} on ${on} and must end that day`])
  }
  return faults
}

/** What is wrong with all the links that leave one unit on one day, taken together. */
function checkSum(from: string, on: IsoDay, links: readonly UnitLink[], maps: UnitMaps): Fault | undefined {
  if (new Set(links.map(({ to }) => to)).size < links.length) {
    return ['link_twice', `${from} is linked to one unit twice on ${on}`]
  }
  const shares = links.flatMap(({ share }) => (share === null ? [] : [share]))
  const sum = shares.reduce((total, share) => total + share, 0)
  const isNone = shares.length === 0
  if (!isNone && (shares.length < links.length || Math.abs(sum - 1) > SUM_TOLERANCE)) {
    return ['shares_not_one', `The shares of ${from} on ${on} must sum to 1, or none of them be known`]
  }
  const source = maps.byUid.get(from)
  if (source && isWithin(on, source.validFrom, source.validTo) && !links.some(({ to }) => to === from)) {
    return ['rest_not_linked', `${from} gives a part away on ${on} and lives on: link the rest to itself`]
  }
  return undefined
}

/** Faults of events and links: unknown ends, days outside lives, shares that do not add up. */
export function checkUnitLinks(data: UnitData, maps: UnitMaps): readonly UnitProblem[] {
  const problems: UnitProblem[] = []
  const groups = new Map<string, { on: IsoDay; links: UnitLink[]; event: number; link: number }>()
  data.events.forEach((event, e) => {
    if (event.legalBasis.trim() === '') {
      const message = `The event of ${event.on} names no legal basis`
      problems.push({ code: 'missing_legal_basis', subject: { kind: 'event', event: e }, message })
    }
    event.links.forEach((link, l) => {
      const subject = { kind: 'link', event: e, link: l } as const
      const faults = [...checkExtent(link), ...checkEnds(link, event.on, maps)]
      for (const [code, message] of faults) problems.push({ code, subject, message })
      const group = groups.get(`${event.on} ${link.from}`) ?? { on: event.on, links: [], event: e, link: l }
      group.links.push(link)
      groups.set(`${event.on} ${link.from}`, group)
    })
  })
  for (const { on, links, event, link } of groups.values()) {
    const fault = checkSum(links[0]?.from ?? '', on, links, maps)
    if (fault) problems.push({ code: fault[0], subject: { kind: 'link', event, link }, message: fault[1] })
  }
  return [...problems, ...checkDerivedLinks(data, maps)]
}
