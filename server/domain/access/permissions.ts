/** What members of staff and devices are to the platform; each account has one role. */
export const ROLES = [
  'administrator',
  'analyst',
  'method_owner',
  'auditor',
  'monitor',
  'agency_head',
  'agency_viewer',
  'enumerator',
  'kiosk',
] as const
export type Role = (typeof ROLES)[number]

/** Roles that see and act for some units only; their accounts name them. */
export const UNIT_ROLES = ['agency_head', 'agency_viewer'] as const satisfies readonly Role[]

const SEE_THE_CITY = ['administrator', 'analyst', 'method_owner', 'auditor', 'monitor'] as const

/** Who may do what. Which units, services and days somebody may do it to is a matter of scope, not of role. */
export const GRANTS = {
  /** Live indices, series, methods and analyses of every unit. */
  see_reports: SEE_THE_CITY,
  /** The scores of an agency: of one's own, or of any for those who see the city. */
  see_scores: [...SEE_THE_CITY, ...UNIT_ROLES],
  /** Hand in answers of waves that staff collect. Analysts load what a field team gathered. */
  collect_answers: ['enumerator', 'kiosk', 'analyst', 'administrator'],
  /** A program may act for the account with a bearer token. */
  hold_token: ['administrator', 'analyst', 'method_owner', 'auditor', 'enumerator', 'kiosk'],
  /** What was taken out of the figures, by whom and why. */
  see_voids: ['analyst', 'method_owner', 'auditor', 'monitor'],
  /** Propose, and decide on what somebody else proposed. */
  void_responses: ['analyst', 'method_owner'],
  /** The index as received, with what was taken out: for those who may take out, and those who look after them. */
  see_received: ['analyst', 'method_owner', 'auditor'],
  /** Releases that are not published yet, and who decided on those that are. */
  see_drafts: ['analyst', 'method_owner', 'auditor'],
  draft_release: ['analyst', 'method_owner'],
  review_release: ['analyst', 'method_owner'],
  publish_release: ['method_owner'],
  /** De-identified records, which hold what published figures hide. */
  export_microdata: ['analyst', 'method_owner', 'auditor'],
  /** Which requests about personal data there are, and whether they are in time. */
  see_requests: ['administrator', 'analyst', 'method_owner', 'auditor'],
  /** Open what a person wrote, and take the next step. */
  handle_requests: ['analyst', 'method_owner'],
  read_audit: ['administrator', 'auditor'],
  manage_accounts: ['administrator'],
  /** Open rounds of collection, and see how the platform does. */
  manage_waves: ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Permission = keyof typeof GRANTS
export const PERMISSIONS = Object.keys(GRANTS) as readonly Permission[]

/** Who may use a route: everybody, whoever is signed in, or the roles with a permission. */
export type Rule = 'public' | 'signed_in' | Permission

/** Roles that can change who sees or what counts: a password alone does not open them. */
const SECOND_FACTOR_ROLES: readonly Role[] = ['administrator', 'method_owner']

/** Whether accounts of the role must give a code of an app beside the password. */
export const needsSecondFactor = (role: Role): boolean => SECOND_FACTOR_ROLES.includes(role)

/** Whether a role has a permission. */
export const mayDo = (role: Role, permission: Permission): boolean =>
  (GRANTS[permission] as readonly Role[]).includes(role)

/** Whether a rule lets a signed-in account of a role pass. */
export const lets = (rule: Rule, role: Role): boolean => rule === 'public' || rule === 'signed_in' || mayDo(role, rule)

/** Whether accounts of the role are bound to units. */
export const isOfUnits = (role: Role): boolean => (UNIT_ROLES as readonly Role[]).includes(role)
