/**
 * What everyone would answer: the truth that reports of a simulated city are held against.
 *
 * It is worked out and not simulated: over all dossiers of a unit, by service, month and officer, the share of people whose
 * latent satisfaction with each criterion lies above the cuts. Response rates, skipped items, straightliners, fear and
 * stuffed ballots do not enter, since an honest survey of everyone would be free of them.
 */
import { conditionHolds } from '../../server/domain/questionnaire/condition.js'
import type { Condition, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { frameMaker, type UnitFrame, type WaveToSimulate } from './case-frame.js'
import type { CityModel, DossierCell } from './city-model.js'
import { CUTS } from './item-assumptions.js'
import { type ShareAbove, shareAbove } from './satisfied-share.js'
import type { Step } from './steps.js'

/** True value of one line of a report. Percents unrounded. */
export interface TrueFigures {
  readonly topTwoBoxPercent: number
  /** Mean of the scores, rescaled to 0 (worst) … 100 (best). */
  readonly points: number
}

/** Truth of a criterion, a factor, or the index (`overall`) under the rule `mean_of_children`. */
export interface TruthLine {
  readonly level: 'overall' | 'factor' | 'criterion'
  readonly code: string
  /** As asked by the wave's mode of collection, its inflation included. */
  readonly asAsked: TrueFigures
  /** As told to an independent interviewer. */
  readonly independent: TrueFigures
}

/** Truth of one unit over one stretch of time. */
export interface UnitTruth {
  readonly unitUid: string
  readonly dossiers: number
  readonly lines: readonly TruthLine[]
}

/** Whether an item can come up here, whatever is answered before. */
function canBeAsked(condition: Condition | undefined, frame: UnitFrame, service: string, on: IsoDay): boolean {
  if (condition === undefined || 'item' in condition) return true
  if ('context' in condition) return conditionHolds(condition, new Map(), frame.contextOf(service, on))
  if ('all' in condition) return condition.all.every((part) => canBeAsked(part, frame, service, on))
  if ('any' in condition) return condition.any.some((part) => canBeAsked(part, frame, service, on))
  return 'item' in condition.not || !canBeAsked(condition.not, frame, service, on)
}

const [, , TOP_TWO_CUT] = CUTS

/** Dossier-weighted sums by place in the questionnaire: how many, then share in the two best and points of both sides. */
const WIDTH = 5
const [WEIGHT, AS_ASKED, INDEPENDENT] = [0, 1, 3] as const

function addFigures(sums: Float64Array, at: number, weight: number, above: ShareAbove, latent: number): void {
  let points = 0
  for (const cut of CUTS) {
    const share = above(latent - cut)
    points += share
    if (cut === TOP_TWO_CUT) sums[at]! += weight * share
  }
  sums[at + 1]! += (weight * points) / CUTS.length
}

/** Adds what the dossiers of one service and month say. */
function addCell(
  sums: Float64Array,
  frame: UnitFrame,
  cell: DossierCell,
  above: ShareAbove,
  asked: readonly (readonly [Step, place: number])[],
  modeEffect: number,
): void {
  const shared = frame.sharedEffect(cell)
  for (const [officer, share] of cell.officers) {
    const shifts = frame.factorShifts(officer)
    const weight = cell.dossiers * share
    for (const [step, place] of asked) {
      const latent = shared + shifts[step.factor]! + step.effect
      const at = place * WIDTH
      sums[at + WEIGHT]! += weight
      addFigures(sums, at + AS_ASKED, weight, above, latent)
      if (modeEffect !== 0) addFigures(sums, at + INDEPENDENT, weight, above, latent - modeEffect)
    }
  }
}

function ratingsAskedAt(frame: UnitFrame, { service, month }: DossierCell) {
  return frame.steps.steps
    .map((step, place) => [step, place] as const)
    .filter(([{ item, placed }]) => {
      const conditions = [placed.section.showIf, item.showIf]
      return item.kind === 'rating' && conditions.every((one) => canBeAsked(one, frame, service, month))
    })
}

/** Figures of one side of the sums; the first of them stands at `at`. */
function figuresOf(sums: Float64Array, at: number, weight: number): TrueFigures {
  return { topTwoBoxPercent: (100 * sums[at]!) / weight, points: (100 * sums[at + 1]!) / weight }
}

const meanOf = (figures: readonly TrueFigures[]): TrueFigures => ({
  topTwoBoxPercent: figures.reduce((sum, { topTwoBoxPercent }) => sum + topTwoBoxPercent, 0) / figures.length,
  points: figures.reduce((sum, { points }) => sum + points, 0) / figures.length,
})

/** Lines from criteria upwards: a factor is the mean of its criteria, the index the mean of its factors. */
export function rollUp(criteria: readonly TruthLine[], questionnaire: Questionnaire): readonly TruthLine[] {
  const byCode = new Map(criteria.map((line) => [line.code, line]))
  const mean = (level: TruthLine['level'], code: string, parts: readonly TruthLine[]): readonly TruthLine[] => {
    if (parts.length === 0) return []
    const [asAsked, independent] = (['asAsked', 'independent'] as const).map((side) =>
      meanOf(parts.map((part) => part[side])),
    )
    return [{ level, code, asAsked: asAsked!, independent: independent! }]
  }
  const factors = questionnaire.factors.flatMap(({ code, items, role }) => {
    const line = mean(
      'factor',
      code,
      items.flatMap((item) => byCode.get(item) ?? []),
    )
    return line.map((one) => ({ line: one, role }))
  })
  const inIndex = factors.flatMap(({ line, role }) => (role === 'index' ? [line] : []))
  return [...mean('overall', 'overall', inIndex), ...factors.map(({ line }) => line), ...criteria]
}

function truthOfFrame(
  frame: UnitFrame,
  questionnaire: Questionnaire,
  above: ShareAbove,
  modeEffect: number,
): UnitTruth {
  const { steps } = frame.steps
  const sums = new Float64Array(steps.length * WIDTH)
  const ratings = new Map<string, ReturnType<typeof ratingsAskedAt>>()
  for (const cell of frame.cells) {
    if (cell.dossiers === 0) continue
    const asked = ratings.get(cell.service) ?? ratingsAskedAt(frame, cell)
    ratings.set(cell.service, asked)
    addCell(sums, frame, cell, above, asked, modeEffect)
  }
  const criteria = steps.flatMap(({ item }, place): TruthLine[] => {
    const at = place * WIDTH
    const weight = sums[at + WEIGHT]!
    if (weight === 0) return []
    const asAsked = figuresOf(sums, at + AS_ASKED, weight)
    const independent = modeEffect === 0 ? asAsked : figuresOf(sums, at + INDEPENDENT, weight)
    return [{ level: 'criterion', code: item.code, asAsked, independent }]
  })
  return {
    unitUid: frame.unit.uid,
    dossiers: frame.cells.reduce((sum, { dossiers }) => sum + dossiers, 0),
    lines: rollUp(criteria, questionnaire),
  }
}

/**
 * The truth of each unit of a wave, over its field dates or a part of them.
 *
 * @param period days `[from, to)` inside the field dates; without it, all that was simulated
 */
export function* truthOfWave(
  model: CityModel,
  toSimulate: WaveToSimulate,
  period?: { readonly from: IsoDay; readonly to: IsoDay },
): Generator<UnitTruth> {
  const { questionnaire } = toSimulate.published
  const above = shareAbove(questionnaire.respondentType)
  const wave: Wave = period ? { ...toSimulate.wave, opensOn: period.from, closesOn: period.to } : toSimulate.wave
  const frameOf = frameMaker(model, { ...toSimulate, wave })
  const units = wave.unitUids.flatMap((uid) => model.registry.byUid(uid) ?? [])
  for (const unit of units) {
    const frame = frameOf(unit)
    if (frame) yield truthOfFrame(frame, questionnaire, above, model.settings.modeEffect[wave.mode])
  }
}
