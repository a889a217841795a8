import type { LimitFault } from '../../domain/access/limits.js'
import { isOfUnits, ROLES } from '../../domain/access/permissions.js'
import type { IsoDay, Language } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { UNIT_KINDS, type UnitRegistry } from '../../domain/units/unit.js'
import type { Translate } from '../../platform/text.js'
import type { Account } from './account.js'
import type { HolderFault } from './create-account.js'
import type { Invitation } from './invitation.repository.js'
import type { NewInvitation } from './invite.js'
import { limitTexts, type TypedLimits, toLimitFields } from './limits.view.js'
import { momentFormat } from './own-account.view.js'

/** What was typed to invite somebody. */
export interface TypedHolder extends TypedLimits {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly unit: string
}

export type InviteFault = HolderFault | 'unit_unknown' | 'login_taken'

/** What the page of accounts is made from. */
export interface AccountListPage {
  readonly accounts: readonly Account[]
  readonly invitations: readonly Invitation[]
  readonly registry: Pick<UnitRegistry, 'validOn' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
  readonly today: IsoDay
  readonly ownId: string
  readonly csrfToken: string
  readonly langQuery: string
  readonly publicUrl: string
  readonly typed: TypedHolder
  readonly faults: readonly InviteFault[]
  /** The link that was just made; shown this once. */
  readonly made: NewInvitation | null
}

/** Which field a fault stands at. */
const FIELD: Readonly<Record<InviteFault, 'login' | 'name' | 'role' | 'unit' | 'limit-services' | 'limit-from'>> = {
  login_form: 'login',
  login_taken: 'login',
  name_missing: 'name',
  role_unknown: 'role',
  unit_missing: 'unit',
  unit_unused: 'unit',
  unit_unknown: 'unit',
  limits_unused: 'limit-services',
  service_unknown: 'limit-services',
  limit_day_wrong: 'limit-from',
  limit_days_reversed: 'limit-from',
}

function unitGroups({ registry, today, typed }: AccountListPage, language: Language, t: Translate) {
  const order = new Intl.Collator(language, { numeric: true })
  const units = registry.validOn(today)
  return UNIT_KINDS.flatMap((kind) => {
    const options = units
      .filter((unit) => unit.kind === kind)
      .map(({ uid }) => ({ value: uid, label: registry.nameOf(uid, today)[language], isChosen: uid === typed.unit }))
      .toSorted((a, b) => order.compare(a.label, b.label))
    return options.length > 0 ? [{ label: t(`units.kinds_${kind}`), options }] : []
  })
}

/** An account, its state and what may be done to it. */
function rowOf(account: Account, { langQuery, ownId }: AccountListPage, t: Translate) {
  const { id, login, name, role, disabledAt, hasSecondFactor } = account
  const inUse = hasSecondFactor ? 'accounts.in_use_with_factor' : 'accounts.in_use'
  const addressOf = (action: string) => `/accounts/${login}/${action}${langQuery}`
  return {
    login,
    name,
    state: t(disabledAt !== null ? 'accounts.disabled' : inUse),
    actions:
      disabledAt === null
        ? {
            limits: isOfUnits(role) ? addressOf('limits') : null,
            renew: addressOf('renew'),
            removeFactor: hasSecondFactor ? addressOf('remove-second-factor') : null,
            // Nobody shuts the door behind themselves.
            disable: id === ownId ? null : addressOf('disable'),
          }
        : null,
  }
}

/** What the page of accounts shows: who has one, who is invited, and the form to invite. */
export function toAccountListView(page: AccountListPage, language: Language, t: Translate) {
  const { accounts, invitations, registry, today, langQuery, typed, faults, made } = page
  const title = t('accounts.list_title')
  const moment = momentFormat(language)
  const unitOf = (uid: string | null) => (uid === null ? '' : registry.nameOf(uid, today)[language])
  const words = { language, t, services: page.services }
  const limitFault = faults.find((fault): fault is LimitFault => FIELD[fault].startsWith('limit')) ?? null
  const roleOf = (role: string) => t(`accounts.role_${role}`)
  const errorOf = (field: (typeof FIELD)[InviteFault]) => {
    const fault = faults.find((one) => FIELD[one] === field)
    return fault ? t(`accounts.${fault}`) : null
  }
  return {
    extraStyle: 'accounts.css',
    pageTitle: faults.length > 0 ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    csrfToken: page.csrfToken,
    made: made && {
      text: t('accounts.made_lead', { login: made.login, until: moment.format(made.expiresAt) }),
      href: `${page.publicUrl}/invitation?token=${made.token}`,
    },
    accounts: accounts.map((account) => ({
      ...rowOf(account, page, t),
      role: roleOf(account.role),
      unit: unitOf(account.unitUid),
      limits: limitTexts(account.limits, words),
    })),
    invitations: invitations.map(({ login, name, role, unitUid, limits, expiresAt }) => ({
      login,
      name,
      role: roleOf(role),
      unit: unitOf(unitUid),
      limits: limitTexts(limits, words),
      until: moment.format(expiresAt),
      withdraw: `/accounts/${login}/withdraw${langQuery}`,
    })),
    form: {
      action: `/accounts${langQuery}`,
      login: { value: typed.login, error: errorOf('login') },
      name: { value: typed.name, error: errorOf('name') },
      roleError: errorOf('role'),
      roles: ROLES.map((role) => ({ value: role, label: roleOf(role), isChosen: role === typed.role })),
      unitError: errorOf('unit'),
      unitGroups: unitGroups(page, language, t),
      limits: toLimitFields(typed, limitFault, words),
      summary: faults.map((fault) => ({ href: `#${FIELD[fault]}`, text: t(`accounts.${fault}`) })),
    },
  }
}
