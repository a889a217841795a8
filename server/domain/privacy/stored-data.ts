/**
 * What the database may hold of people, collection by collection. The proof fails on a collection that is not here, so that
 * whoever adds one has to say.
 */
export const STORED_DATA: Readonly<Record<string, 'answers' | 'staff' | 'none'>> = {
  /** What respondents said: nobody's name, address or device. */
  responses: 'answers',
  /** What people ask about their own data: what they wrote lies sealed, and apart from all answers. */
  data_requests: 'none',
  /** Microdata that somebody asked for, for a week. */
  export_jobs: 'staff',
  export_pieces: 'none',
  /** Ids of responses and why they were set apart. */
  response_voids: 'staff',
  voided_responses: 'none',
  accounts: 'staff',
  identities: 'staff',
  invitations: 'staff',
  saved_views: 'staff',
  sessions: 'staff',
  tokens: 'staff',
  audit_events: 'staff',
  audit_heads: 'none',
  counters: 'none',
  leases: 'none',
  questionnaires: 'none',
  releases: 'staff',
  release_files: 'none',
  shown_reports: 'none',
  tallies: 'none',
  tally_readings: 'none',
  tally_states: 'none',
  tally_sweeps: 'none',
  waves: 'none',
}

/** Everything that a response may hold; answers by item code. */
export const RESPONSE_FIELDS: ReadonlySet<string> = new Set([
  '_id',
  'submissionId',
  'waveId',
  'questionnaireHash',
  'consentVersion',
  'respondentType',
  'unitUid',
  'service',
  'language',
  'mode',
  'channel',
  'transactionOn',
  'startedAt',
  'submittedAt',
  'day',
  'disposition',
  'answers',
  'isSimulated',
])

/** Fields that ids of responses stand in on purpose: which were taken out of the figures, never whose they are. */
export const RESPONSE_ID_FIELDS: ReadonlySet<string> = new Set(['response_voids.responseIds', 'voided_responses._id'])

/** Fields that names of staff stand in on purpose. */
export const STAFF_NAME_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'login',
  'actor.name',
  'subject',
  'session',
  'draftedBy',
  'decidedBy',
  'publishedBy',
  'proposedBy',
  'askedBy',
])
