import { NONRESPONSE, SCALE_CODES } from '../survey/vocabulary.js'
import type { Item, MultiItem, Option, Questionnaire, YearItem } from './definition.js'
import { type ProblemPath, problemAt, type QuestionnaireProblem } from './questionnaire-problem.js'

/** Mistakes inside scales and items: codes, bands, limits, names of scales and items that do not exist. */
export function checkItems(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const itemCodes = new Set(questionnaire.sections.flatMap((section) => section.items.map((item) => item.code)))
  return [
    ...Object.entries(questionnaire.scales).flatMap(([name, scale]) =>
      scale.options.map((option) => option.code).join() === SCALE_CODES.join()
        ? []
        : [problemAt(['scales', name, 'options'], 'scale_codes')],
    ),
    ...repeats(questionnaire.sections, ['sections']),
    ...repeatedItems(questionnaire),
    ...questionnaire.sections.flatMap((section, s) =>
      section.items.flatMap((item, i) => checkItem(item, ['sections', s, 'items', i], questionnaire, itemCodes)),
    ),
  ]
}

function checkItem(
  item: Item,
  path: ProblemPath,
  questionnaire: Questionnaire,
  itemCodes: ReadonlySet<string>,
): readonly QuestionnaireProblem[] {
  switch (item.kind) {
    case 'rating':
      return Object.hasOwn(questionnaire.scales, item.scale)
        ? []
        : [problemAt([...path, 'scale'], 'unknown_scale', { name: item.scale })]
    case 'choice':
      return [
        ...checkOptions(item.options, path, itemCodes),
        ...(item.stopsAt ?? [])
          .filter((code) => !item.options.some((option) => option.code === code))
          .map((value) => problemAt([...path, 'stopsAt'], 'unknown_code', { value })),
      ]
    case 'multi':
      return [...checkOptions(item.options, path, itemCodes), ...checkMaximum(item, path)]
    case 'year':
      return checkBands(item, path)
    default:
      return []
  }
}

function checkMaximum(item: MultiItem, path: ProblemPath): readonly QuestionnaireProblem[] {
  return item.maxChoices > item.options.length ? [problemAt([...path, 'maxChoices'], 'too_many_choices')] : []
}

function checkOptions(
  options: readonly Option[],
  path: ProblemPath,
  itemCodes: ReadonlySet<string>,
): readonly QuestionnaireProblem[] {
  return options.flatMap((option, i) => {
    const at = [...path, 'options', i]
    const isRepeat = options.findIndex((other) => other.code === option.code) < i
    const about = option.about
    return [
      ...(isRepeat ? [problemAt([...at, 'code'], 'duplicate_code', { name: option.code })] : []),
      ...(option.code === NONRESPONSE.blank ? [problemAt([...at, 'code'], 'reserved_code')] : []),
      ...(about !== undefined && !itemCodes.has(about)
        ? [problemAt([...at, 'about'], 'unknown_item', { name: about })]
        : []),
    ]
  })
}

function checkBands(item: YearItem, path: ProblemPath): readonly QuestionnaireProblem[] {
  const bands = item.bands ?? []
  return bands.flatMap((band, i) => {
    const at = [...path, 'bands', i]
    const isRepeat = bands.findIndex((other) => other.code === band.code) < i
    const isReserved = band.code === NONRESPONSE.blank || band.code >= item.earliest
    return [
      ...(bandFits(item, i) ? [] : [problemAt(at, 'band_gap')]),
      ...(isRepeat ? [problemAt([...at, 'code'], 'duplicate_code', { name: band.code })] : []),
      ...(isReserved ? [problemAt([...at, 'code'], 'reserved_code')] : []),
    ]
  })
}

/** Whether a band begins where the one before ends, the first at the youngest age; only the last is open upwards. */
function bandFits(item: YearItem, i: number): boolean {
  const bands = item.bands ?? []
  const band = bands[i]
  const before = bands[i - 1]
  if (band === undefined || before?.toAge === null) return false
  const start = before === undefined ? (item.minAgeYears ?? 0) : before.toAge + 1
  const isLast = i === bands.length - 1
  return band.fromAge === start && (band.toAge === null) === isLast
}

function repeats(things: readonly { readonly code: string }[], path: ProblemPath): readonly QuestionnaireProblem[] {
  return things
    .map(({ code }, i) => ({ code, i, first: things.findIndex((other) => other.code === code) }))
    .filter(({ i, first }) => first < i)
    .map(({ code, i }) => problemAt([...path, i, 'code'], 'duplicate_code', { name: code }))
}

function repeatedItems(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const seen = new Set<string>()
  return questionnaire.sections.flatMap((section, s) =>
    section.items.flatMap((item, i) => {
      const isRepeat = seen.has(item.code)
      seen.add(item.code)
      return isRepeat ? [problemAt(['sections', s, 'items', i, 'code'], 'duplicate_code', { name: item.code })] : []
    }),
  )
}
