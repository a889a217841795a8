import { ROLES } from '../../domain/access/permissions.js'
import type { IsoDay, Language } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS, type UnitRegistry } from '../../domain/units/unit.js'
import type { Translate } from '../../platform/text.js'
import type { Account } from './account.js'
import type { HolderFault } from './create-account.js'
import type { Invitation } from './invitation.repository.js'
import type { NewInvitation } from './invite.js'
import { momentFormat } from './own-account.view.js'

/** What was typed to invite somebody. */
export interface TypedHolder {
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
const FIELD: Readonly<Record<InviteFault, keyof TypedHolder>> = {
  login_form: 'login',
  login_taken: 'login',
  name_missing: 'name',
  role_unknown: 'role',
  unit_missing: 'unit',
  unit_unused: 'unit',
  unit_unknown: 'unit',
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

/** What the page of accounts shows: who has one, who is invited, and the form to invite. */
export function toAccountListView(page: AccountListPage, language: Language, t: Translate) {
  const { accounts, invitations, registry, today, langQuery, typed, faults, made } = page
  const title = t('accounts.list_title')
  const moment = momentFormat(language)
  const unitOf = (uid: string | null) => (uid === null ? '' : registry.nameOf(uid, today)[language])
  const roleOf = (role: string) => t(`accounts.role_${role}`)
  const errorOf = (field: keyof TypedHolder) => {
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
    accounts: accounts.map(({ id, login, name, role, unitUid, disabledAt, hasSecondFactor }) => ({
      login,
      name,
      role: roleOf(role),
      unit: unitOf(unitUid),
      state: t(
        disabledAt !== null ? 'accounts.disabled' : hasSecondFactor ? 'accounts.in_use_with_factor' : 'accounts.in_use',
      ),
      actions:
        disabledAt === null
          ? {
              renew: `/accounts/${login}/renew${langQuery}`,
              removeFactor: hasSecondFactor ? `/accounts/${login}/remove-second-factor${langQuery}` : null,
              // Nobody shuts the door behind themselves.
              disable: id === page.ownId ? null : `/accounts/${login}/disable${langQuery}`,
            }
          : null,
    })),
    invitations: invitations.map(({ login, name, role, unitUid, expiresAt }) => ({
      login,
      name,
      role: roleOf(role),
      unit: unitOf(unitUid),
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
      summary: faults.map((fault) => ({ href: `#${FIELD[fault]}`, text: t(`accounts.${fault}`) })),
    },
  }
}
