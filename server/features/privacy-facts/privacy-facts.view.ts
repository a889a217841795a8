import { mayDo, type Permission, ROLES } from '../../domain/access/permissions.js'
import { DATA_REGISTER, type DataGroup } from '../../domain/privacy/data-register.js'
import { TEXT_MONTHS } from '../../domain/privacy/retention.js'
import { RESPONSE_FIELDS } from '../../domain/privacy/stored-data.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import { ERASE_AFTER_DAYS } from '../../domain/voids/void.js'
import type { Translate } from '../../platform/text.js'

/** What stands in every response besides what was asked. */
const NEVER = ['name', 'id_number', 'telephone', 'address', 'device', 'cookie'] as const
const MEASURES = ['no_link', 'hiding', 'screening', 'sealed', 'two_persons', 'log', 'proof', 'scope'] as const

/** The page of facts. */
export function toPrivacyFactsView(
  published: readonly PublishedQuestionnaire[],
  langQuery: string,
  language: Language,
  t: Translate,
) {
  return {
    pageTitle: t('privacy.title'),
    heading: t('privacy.title'),
    extraStyle: 'release.css',
    groups: DATA_REGISTER.map((group) => groupRow(group, t)),
    fields: [...RESPONSE_FIELDS].filter((field) => field !== '_id').join(', '),
    never: NEVER.map((what) => t(`privacy.never_${what}`)),
    measures: MEASURES.map((measure) => t(`privacy.measure_${measure}`)),
    consents: published.map(({ hash, questionnaire }) => ({
      version: questionnaire.consent.version,
      questionnaire: `${questionnaire.title[language]} (${questionnaire.version})`,
      hash,
    })),
    requestsHref: `/requests${langQuery}`,
  }
}

function groupRow({ id, about, readBy, collections }: DataGroup, t: Translate) {
  return {
    name: t(`privacy.data_${id}`),
    collections: collections.join(', '),
    about: t(`privacy.about_${about}`),
    why: t(`privacy.why_${id}`),
    kept: t(`privacy.kept_${id}`, { months: TEXT_MONTHS, days: ERASE_AFTER_DAYS }),
    readers: rolesOf(readBy, t),
  }
}

function rolesOf(permissions: readonly Permission[], t: Translate): string {
  const roles = ROLES.filter((role) => permissions.some((permission) => mayDo(role, permission)))
  return roles.length === 0 ? t('privacy.nobody') : roles.map((role) => t(`accounts.role_${role}`)).join(', ')
}
