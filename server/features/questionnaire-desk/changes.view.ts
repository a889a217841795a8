import type { PublishedQuestionnaire, Questionnaire } from '../../domain/questionnaire/definition.js'
import { type DetailedChange, type ItemChanges, itemChanges } from '../../domain/questionnaire/item-changes.js'
import { type PartChange, partChanges } from '../../domain/questionnaire/part-changes.js'
import { placedItems } from '../../domain/questionnaire/routing.js'
import { type ComparedLine, compareLines } from '../../domain/series/compare-lines.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { DeskContext } from '../registry-desk/index.js'
import { conditionsText, differingLanguages, valueText } from './words.js'

/** One line of a change: what, in which language, before and after. */
interface ChangeLine {
  readonly label: string
  /** Language of the words before and after, where they are not of the page. */
  readonly lang: Language | null
  readonly before: string | null
  readonly after: string | null
}

interface Sides {
  readonly older: Questionnaire
  readonly newer: Questionnaire
}

/** What can be answered besides the answers themselves, with the end of its text's key. */
const SETTINGS: Readonly<Record<string, string>> = {
  kind: 'kind',
  scale: 'scale',
  order: 'order',
  about: 'about',
  ages: 'ages',
  notApplicable: 'not_applicable',
  dontKnow: 'dont_know',
  allowsNotApplicable: 'allows_not_applicable',
  allowsDontKnow: 'allows_dont_know',
  isReversed: 'reversed',
  stopsAt: 'stops_at',
  maxChoices: 'max_choices',
  maxLength: 'max_length',
  earliest: 'earliest',
  minAgeYears: 'min_age',
  unitKinds: 'unit_kinds',
  source: 'source',
}

const WORDING = { text: { vi: 'text_vi', en: 'text_en' }, hint: { vi: 'hint_vi', en: 'hint_en' } } as const

/** Parts outside the questions: the end of the label's key, and of the key of what it means. */
const PARTS: Readonly<Record<string, readonly [label: string, meaning: string]>> = {
  respondentType: ['respondent_type', 'respondents'],
  title: ['title', 'nothing'],
  introduction: ['introduction', 'nothing'],
  source: ['made_by', 'nothing'],
  overallItem: ['overall_item', 'figures'],
  coreItems: ['core_items', 'complete'],
  minCoreShare: ['min_core_share', 'complete'],
  'consent.version': ['consent_version', 'consent'],
  'consent.heading': ['consent_heading', 'consent'],
  'consent.paragraphs': ['consent_paragraphs', 'consent'],
  'consent.statement': ['consent_statement', 'consent'],
  factor: ['factor', 'figures'],
  'factor.name': ['factor_name', 'nothing'],
  'factor.role': ['factor_role', 'figures'],
  'factor.items': ['factor_items', 'figures'],
  'factor.singleItem': ['factor_single_item', 'figures'],
  section: ['section', 'nothing'],
  'section.title': ['section_title', 'frame'],
  'section.lead': ['section_lead', 'frame'],
}

/** What differs between two versions, and what that means for series. */
export function toChangesView(older: PublishedQuestionnaire, newer: PublishedQuestionnaire, context: DeskContext) {
  const { t } = context
  const sides = { older: older.questionnaire, newer: newer.questionnaire }
  const isOfOneSeries = sides.older.respondentType === sides.newer.respondentType
  const lines = compareLines(sides.older, sides.newer)
  const items = itemChanges(sides.older, sides.newer)
  const parts = partChanges(sides.older, sides.newer)
  const broken = lines.filter(({ verdict }) => verdict !== 'continues')
  return {
    heading: t('questionnaires.changes_between', { older: sides.older.version, newer: sides.newer.version }),
    isSame: items.length === 0 && parts.length === 0,
    verdict: isOfOneSeries
      ? t(broken.length === 0 ? 'questionnaires.all_continue' : 'questionnaires.some_break', {
          broken: broken.length,
          all: lines.length,
        })
      : t('questionnaires.other_respondents'),
    isBreaking: !isOfOneSeries || broken.length > 0,
    lines: isOfOneSeries ? broken.map((line) => toLineRow(line, context)) : [],
    items: items.map((one) => toItemRow(one, sides, lines, context)),
    parts: parts.flatMap((part) => toPartRows(part, context)),
  }
}

function toLineRow({ line, rules, verdict, items }: ComparedLine, { t, language }: DeskContext) {
  const isOfEveryRule = rules.length === 3
  return {
    code: line.code,
    label: line.label[language],
    level: t(`questionnaires.level_${line.level}`),
    rules: isOfEveryRule ? t('questionnaires.every_rule') : rules.map((rule) => t(`reports.rule_${rule}`)).join('; '),
    verdict: t(`questionnaires.verdict_${verdict}`),
    why: items
      .map(({ code, changes }) => `${code}: ${changes.map((change) => t(`series.item_${change}`)).join(', ')}`)
      .join('; '),
  }
}

function toItemRow({ code, changes }: ItemChanges, sides: Sides, lines: readonly ComparedLine[], context: DeskContext) {
  const { t, language } = context
  const item = [sides.newer, sides.older].flatMap(placedItems).find((placed) => placed.item.code === code)?.item
  const touched = lines.filter(
    ({ line, verdict, items }) =>
      verdict !== 'continues' && (items.some((one) => one.code === code) || isOwnLine(line, code)),
  )
  const names = [...new Set(touched.map(({ line }) => (line.level === 'overall' ? line.label[language] : line.code)))]
  return {
    code,
    text: item?.text[language] ?? '',
    lines: changes.map((change) => toChangeLine(change, sides, context)),
    isBreaking: names.length > 0,
    meaning:
      names.length > 0
        ? t('questionnaires.means_break', { lines: names.join(', ') })
        : t(
            changes.some(({ facet }) => facet === 'rerouted')
              ? 'questionnaires.means_base'
              : 'questionnaires.means_none',
          ),
  }
}

const isOwnLine = (line: ComparedLine['line'], code: string) => line.level === 'criterion' && line.code === code

function toChangeLine(change: DetailedChange, { older, newer }: Sides, context: DeskContext): ChangeLine {
  const { t, language } = context
  switch (change.facet) {
    case 'added':
      return { label: t('questionnaires.change_added'), lang: null, before: null, after: null }
    case 'removed':
      return { label: t('questionnaires.change_removed'), lang: null, before: null, after: null }
    case 'moved':
      return { label: t('questionnaires.change_moved'), lang: null, before: null, after: null }
    case 'reworded':
      return {
        label: t(`questionnaires.change_${WORDING[change.part][change.language]}`),
        lang: change.language,
        before: change.before || t('questionnaires.nothing'),
        after: change.after || t('questionnaires.nothing'),
      }
    case 'rerouted':
      return {
        label: t('questionnaires.change_routing'),
        lang: null,
        before: conditionsText(change.before, older, context),
        after: conditionsText(change.after, newer, context),
      }
    case 'other': {
      const words = (value: string) =>
        change.part === 'required' ? valueText(value, context) : value || t('questionnaires.nothing')
      const label = t(`questionnaires.change_${change.part}`)
      return { label, lang: null, before: words(change.before), after: words(change.after) }
    }
    default:
      return toAnswerLine(change, context, language)
  }
}

function toAnswerLine(
  change: Extract<DetailedChange, { facet: 'rescaled' }>,
  context: DeskContext,
  language: Language,
): ChangeLine {
  const { t } = context
  if ('code' in change) {
    const both = (label: { vi: string; en: string } | null) =>
      label === null ? t('questionnaires.nothing') : `${label[language]} · ${label[language === 'vi' ? 'en' : 'vi']}`
    const label = t('questionnaires.change_option', { code: change.code })
    return { label, lang: null, before: both(change.before), after: both(change.after) }
  }
  const name = SETTINGS[change.part]
  const label = name === undefined ? change.part : t(`questionnaires.change_${name}`)
  return { label, lang: null, before: valueText(change.before, context), after: valueText(change.after, context) }
}

/** A row for each language in which a text differs; one for what is no text. */
function toPartRows({ part, before, after }: PartChange, context: DeskContext) {
  const { t } = context
  const [group = '', code = '', ...rest] = part.split('.')
  const isOfOne = group === 'factor' || group === 'section'
  const name = isOfOne ? [group, ...rest].join('.') : part
  const [label, meaning] = PARTS[name] ?? ['other', 'nothing']
  const words = `${t(`questionnaires.part_${label}`)}${isOfOne ? ` ${code}` : ''}`
  const row = (lang: Language | null, own: DeskContext) => ({
    label: lang === null ? words : `${words} (${t(`questionnaires.language_${lang}`)})`,
    lang,
    before: valueText(before, own),
    after: valueText(after, own),
    meaning: t(`questionnaires.means_${meaning}`),
  })
  const languages = differingLanguages(before, after)
  return languages === null ? [row(null, context)] : languages.map((lang) => row(lang, { ...context, language: lang }))
}
