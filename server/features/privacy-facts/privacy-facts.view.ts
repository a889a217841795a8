import { mayDo, type Permission, ROLES } from '../../domain/access/permissions.js'
import { DATA_REGISTER, type DataGroup } from '../../domain/privacy/data-register.js'
import { TEXT_MONTHS } from '../../domain/privacy/retention.js'
import { RESPONSE_FIELDS } from '../../domain/privacy/stored-data.js'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { ERASE_AFTER_DAYS } from '../../domain/voids/void.js'
import type { Translate } from '../../platform/text.js'
import { sha256 } from '../questionnaires/index.js'

/** What stands in every response besides what was asked. */
const NEVER = ['name', 'id_number', 'telephone', 'address', 'device', 'cookie'] as const
const MEASURES = ['no_link', 'hiding', 'screening', 'sealed', 'two_persons', 'log', 'proof', 'scope'] as const

/** The page of facts. */
export function toPrivacyFactsView(
  {
    published,
    waves,
  }: {
    readonly published: readonly PublishedQuestionnaire[]
    readonly waves: readonly Pick<Wave, 'questionnaireHash' | 'opensOn'>[]
  },
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
    consents: published.map(({ hash, questionnaire }) => {
      const own = waves.filter(({ questionnaireHash }) => questionnaireHash === hash)
      const since = own.map(({ opensOn }) => opensOn).toSorted()[0]
      return {
        version: questionnaire.consent.version,
        questionnaire: `${questionnaire.title[language]} (${questionnaire.version})`,
        // Of the consent alone, so that anybody can tell whether two versions of a form asked for the same.
        text: sha256(canonicalJson(questionnaire.consent)),
        hash,
        since: since === undefined ? t('privacy.consent_unused') : t('privacy.consent_since', { day: since }),
      }
    }),
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
