import type { DisclosurePolicy } from '../disclosure/policy.js'
import { mergeTallies, type Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import type { ReportCell } from '../report/index-report.js'
import { type EffectFigure, isFew, movedFigure, respondentsOf, shownFigure } from './void-effect.js'

/** A unit with what is out of its figures. */
export interface UnitReceived {
  readonly unitUid: string
  /** The index as the report shows it. */
  readonly shown: ReportCell
  /** Counts that it stands on. */
  readonly now: Tally
  /** Counts of the responses that are out, one for each void. */
  readonly out: readonly Tally[]
}

export interface ReceivedInput {
  /** The city's index as the report shows it. */
  readonly city: ReportCell
  readonly units: readonly UnitReceived[]
  readonly questionnaire: Questionnaire
  readonly policy: DisclosurePolicy
}

/** The index that counts, and with the responses that are out. */
export interface ReceivedFigures {
  readonly counted: EffectFigure
  readonly received: EffectFigure
  /** Responses that are out. */
  readonly outCount: number
}

export interface AsReceived {
  readonly city: ReceivedFigures
  /** Units from which something is out. */
  readonly units: readonly (ReceivedFigures & { readonly unitUid: string })[]
}

/**
 * The index as received beside the one that counts.
 *
 * Whoever reads both works out the answers of those who are out, and of a void by itself its own page tells where it means k
 * people or more. So what is left of a unit once these are known, its small voids together, is nobody or k people, or the
 * unit is hidden; and the same holds for what the hidden units leave of the city.
 */
export function asReceived({ city, units, ...terms }: ReceivedInput): AsReceived {
  const { policy } = terms
  const rows = units.map(({ unitUid, shown, now, out }) => {
    const moved = mergeTallies(out)
    const small = smallOf(out, policy)
    const received = figureOf({ ...terms, shown, now, moved, left: small })
    return { unitUid, counted: shownFigure(shown), received, outCount: moved.received, small }
  })
  const moved = mergeTallies(units.flatMap(({ out }) => out))
  const left = sum(rows.filter(({ received }) => received.kind !== 'shown').map(({ small }) => small))
  const now = mergeTallies(units.map((unit) => unit.now))
  return {
    city: {
      counted: shownFigure(city),
      received: figureOf({ ...terms, shown: city, now, moved, left }),
      outCount: moved.received,
    },
    units: rows.filter(({ outCount }) => outCount > 0).map(({ small: _small, ...row }) => row),
  }
}

/** Respondents of voids that mean too few to be told of one by one. */
const smallOf = (out: readonly Tally[], policy: DisclosurePolicy) =>
  sum(out.map(respondentsOf).filter((count) => isFew(count, policy)))

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

function figureOf(input: {
  readonly shown: ReportCell
  readonly now: Tally
  readonly moved: Tally
  readonly left: number
  readonly questionnaire: Questionnaire
  readonly policy: DisclosurePolicy
}): EffectFigure {
  const { shown, now, moved, left, policy } = input
  if (respondentsOf(moved) === 0) return shownFigure(shown)
  const figure = movedFigure({ ...input, put: () => mergeTallies([now, moved]) })
  return figure.kind === 'shown' && isFew(left, policy) ? { kind: 'hidden', why: 'few' } : figure
}
