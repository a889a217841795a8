import type { Permission } from '../access/permissions.js'

/** Data that are kept for one purpose, as a record of processing names them. In words in `views/text/privacy.json`. */
export interface DataGroup {
  readonly id:
    | 'answers'
    | 'voids'
    | 'figures'
    | 'releases'
    | 'exports'
    | 'requests'
    | 'staff'
    | 'log'
    | 'work'
    | 'machine'
  readonly collections: readonly string[]
  /** Whom the data are about. */
  readonly about: 'respondents' | 'staff' | 'nobody'
  /** Who may read them as they are; empty: no page shows them. */
  readonly readBy: readonly Permission[]
}

/** Everything that the database holds, by purpose: the facts of an impact assessment (methodology 6). */
export const DATA_REGISTER: readonly DataGroup[] = [
  { id: 'answers', collections: ['responses'], about: 'respondents', readBy: ['export_microdata'] },
  { id: 'requests', collections: ['data_requests'], about: 'respondents', readBy: ['handle_requests'] },
  { id: 'voids', collections: ['response_voids', 'voided_responses'], about: 'staff', readBy: ['see_voids'] },
  {
    id: 'figures',
    collections: ['tallies', 'tally_states', 'tally_sweeps', 'tally_readings', 'shown_reports'],
    about: 'nobody',
    readBy: ['see_reports', 'see_scores'],
  },
  { id: 'releases', collections: ['releases', 'release_files'], about: 'staff', readBy: ['see_drafts'] },
  { id: 'exports', collections: ['export_jobs', 'export_pieces'], about: 'respondents', readBy: ['export_microdata'] },
  {
    id: 'staff',
    collections: ['accounts', 'identities', 'invitations', 'sessions', 'tokens'],
    about: 'staff',
    readBy: ['manage_accounts'],
  },
  { id: 'log', collections: ['audit_events', 'audit_heads'], about: 'staff', readBy: ['read_audit'] },
  { id: 'work', collections: ['questionnaires', 'waves', 'saved_views'], about: 'staff', readBy: ['see_reports'] },
  { id: 'machine', collections: ['counters', 'leases'], about: 'nobody', readBy: [] },
]
