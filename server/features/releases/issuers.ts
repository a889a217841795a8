import type { Translate } from '../../platform/text.js'

/** Whose paper it is, as head and foot say it. */
export interface Issuer {
  readonly authority: string
  readonly name: string
  /** Left open for whoever signs. */
  readonly number: string
  readonly recipients: string
  readonly signs: string
}

/** The Institute, of its reports. */
export const instituteOf = (t: Translate): Issuer => ({
  authority: t('paper.authority'),
  name: t('paper.institute'),
  number: t('paper.number'),
  recipients: t('paper.recipients_list'),
  signs: t('paper.director'),
})

/** Whoever rates one-stop offices: left open, since the decree's text was not at hand. */
export const raterOf = (t: Translate): Issuer => ({
  authority: t('paper.authority'),
  name: t('onestop.issuer'),
  number: t('onestop.number'),
  recipients: t('onestop.recipients'),
  signs: t('onestop.signs'),
})
