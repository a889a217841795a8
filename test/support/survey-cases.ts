import fc from 'fast-check'
import type { CaseContext, Item, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { placedItems } from '../../server/domain/questionnaire/routing.js'
import { MODES } from '../../server/domain/survey/vocabulary.js'

/** A web case at a ward, interviewed on 1 April 2026. */
export function caseContext(overrides: Partial<CaseContext> = {}): CaseContext {
  return {
    mode: 'web',
    unitUid: 'p-ben-thanh',
    unitKind: 'phuong',
    service: 'HT',
    on: '2026-04-01',
    isUnit: (uid, kinds) => uid.startsWith('p-') && kinds.includes('phuong'),
    ...overrides,
  }
}

export const contexts: fc.Arbitrary<CaseContext> = fc
  .record({ mode: fc.constantFrom(...MODES), unitKind: fc.constantFrom('so' as const, 'phuong' as const) })
  .map(caseContext)

const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('4', '04', ' 4', '4.0', '-1', '1e1', 4.5, -1, Number.NaN, '\u0000', '\ud800', [['1']], { $gt: 0 }),
)

/** Mostly what a person could answer, sometimes what nobody should send. */
function valueFor(item: Item, questionnaire: Questionnaire): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: plausible(item, questionnaire), weight: 30 }, { arbitrary: garbage, weight: 1 })
}

function plausible(item: Item, { scales }: Questionnaire): fc.Arbitrary<unknown> {
  const asSent = (codes: readonly number[]) => fc.constantFrom(...codes, ...codes.map(String), undefined, '')
  switch (item.kind) {
    case 'rating':
      return asSent([...(scales[item.scale]?.options.map(({ code }) => code) ?? []), 96, 97, 99])
    case 'choice':
      return asSent(item.options.map(({ code }) => code).filter((code) => !item.stopsAt?.includes(code)))
    case 'multi':
      return fc.uniqueArray(fc.constantFrom(...item.options.map(({ code }) => code)), { maxLength: item.maxChoices })
    case 'year':
      return fc.oneof(fc.integer({ min: 1930, max: 2005 }), fc.integer({ min: 1, max: 5 }))
    case 'text':
      return fc.string({ unit: 'grapheme', maxLength: 60 })
    case 'unit':
      return fc.constantFrom('p-ben-thanh', '', undefined)
    case 'context':
      return fc.constant(undefined)
  }
}

/** Whole cases as a form or a program might send them; hidden items may carry values. */
export function rawCases(questionnaire: Questionnaire): fc.Arbitrary<Record<string, unknown>> {
  const fields = placedItems(questionnaire).map(({ item }) => [item.code, valueFor(item, questionnaire)] as const)
  return fc.record(Object.fromEntries(fields))
}

/** Complete cases that the routing accepts as they are sent, garbage aside. */
export function cleanCases(questionnaire: Questionnaire): fc.Arbitrary<Record<string, unknown>> {
  const fields = placedItems(questionnaire).map(
    ({ item }) => [item.code, item.required ? firstAnswer(item) : plausible(item, questionnaire)] as const,
  )
  return fc.record(Object.fromEntries(fields))
}

function firstAnswer(item: Item): fc.Arbitrary<unknown> {
  if (item.kind === 'choice') {
    return fc.constantFrom(...item.options.map(({ code }) => code).filter((code) => !item.stopsAt?.includes(code)))
  }
  return item.kind === 'year' ? fc.integer({ min: 1930, max: 2005 }) : fc.integer({ min: 1, max: 5 })
}
