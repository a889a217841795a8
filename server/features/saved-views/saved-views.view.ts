import { cityDay } from '../../domain/survey/day.js'
import { MOST_NAME, MOST_VIEWS, viewAddress } from '../../platform/view-address.js'
import type { ReportContext } from '../index-reports/index.js'
import type { SavedView } from './saved-view.repository.js'

/** What somebody typed. */
export interface TypedView {
  readonly name: string
  readonly address: string
  readonly isShared: boolean
}
export const NOTHING_TYPED: TypedView = { name: '', address: '', isShared: false }
export type SaveFault = 'name_missing' | 'name_long' | 'address_wrong' | 'too_many'

/** What the page is made from. */
export interface SavedViewsPage {
  readonly views: readonly SavedView[]
  readonly login: string
  readonly typed: TypedView
  readonly fault: SaveFault | null
  readonly csrfToken: string
  readonly langQuery: string
}

/** The address in the reader's language. */
function hrefIn(address: string, langQuery: string): string {
  if (langQuery === '') return address
  return `${address}${address.includes('?') ? '&' : '?'}${langQuery.slice(1)}`
}

/** Own views, then those that others share, and the form for one more. */
export function toSavedViewsView(page: SavedViewsPage, context: ReportContext) {
  const { t } = context
  const { views, login, typed, fault, langQuery } = page
  const title = t('views.title')
  const text = fault && t(`views.fault_${fault}`, { most: fault === 'too_many' ? MOST_VIEWS : MOST_NAME })
  return {
    pageTitle: fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'release.css',
    csrfToken: page.csrfToken,
    summary: text && { text, href: fault === 'address_wrong' ? '#address' : '#name' },
    own: views.filter((view) => view.login === login).map((view) => rowOf(view, langQuery, context)),
    shared: views.filter((view) => view.login !== login).map((view) => rowOf(view, langQuery, context)),
    form: {
      action: `/views${langQuery}`,
      typed,
      isNameWrong: fault !== null && fault !== 'address_wrong',
      isAddressWrong: fault === 'address_wrong',
    },
  }
}

function rowOf({ id, name, login, address, isShared, savedAt }: SavedView, langQuery: string, context: ReportContext) {
  const { t, formats } = context
  const kind = viewAddress(address)?.kind
  return {
    name,
    href: hrefIn(address, langQuery),
    kind: kind ? t(`views.kind_${kind}`) : '',
    owner: login,
    day: formats.day(cityDay(savedAt)),
    sharing: t(isShared ? 'views.is_shared' : 'views.is_private'),
    removeAction: `/views/${id}/remove${langQuery}`,
  }
}
