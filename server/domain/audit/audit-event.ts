/** What is written down about staff, and about what is published; never what a respondent said. */
export const AUDIT_KINDS = [
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'access_refused',
  'account_created',
  'account_invited',
  'invitation_withdrawn',
  'password_set',
  'second_factor_set',
  'second_factor_removed',
  'provider_tied',
  'provider_untied',
  'account_limited',
  'account_disabled',
  'token_created',
  'token_revoked',
  'figures_downloaded',
  'microdata_exported',
  'responses_imported',
  'wave_created',
  'wave_changed',
  'questionnaire_published',
  'void_proposed',
  'void_approved',
  'void_rejected',
  'request_read',
  'request_acknowledged',
  'request_extended',
  'request_fulfilled',
  'request_refused',
  'requests_cleared',
  'release_drafted',
  'release_reviewed',
  'release_rejected',
  'release_published',
  'responses_sealed',
  'answers_removed',
  'words_removed',
] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

/** Who did it: an account, or a command or job of the machine itself. */
export interface Actor {
  readonly type: 'account' | 'command' | 'job'
  /** Login; of a command, the name of the system's user. */
  readonly name: string
}

export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

/** What happened, before it has a place in the log. */
export interface AuditNote {
  readonly kind: AuditKind
  readonly actor: Actor
  /** What it was done to: a login, a path, a wave. */
  readonly subject: string
  readonly details: AuditDetails
}

/** One event of the log, tied to the one before by its hash. */
export interface AuditEvent extends AuditNote {
  /** From 1, without gaps. */
  readonly seq: number
  /** Instant, ISO 8601 in UTC. */
  readonly at: string
  readonly previousHash: string
  readonly hash: string
}
