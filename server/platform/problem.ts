/** A fault of a request as its sender sees it: status, stable code and facts. People's sentences come from the texts. */
export class Problem extends Error {
  override readonly name = 'Problem'

  /**
   * @param status HTTP status, 4xx or 5xx
   * @param code lower snake case; never changes meaning
   * @param detail one sentence for developers, no personal data
   * @param facts extra members of the problem document
   * @param isOutsideScope whether what was asked for is there, and not for who asked; told to the log, never to the sender
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly isOutsideScope = false,
  ) {
    super(detail)
  }
}

/** One fault of one field, as listed under `errors` in a problem document. */
export interface FieldError {
  readonly field: string
  readonly code: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** The catalogue: the only place that makes problems. */
export const problem = {
  malformedRequest: (errors: readonly FieldError[]) =>
    new Problem(400, 'malformed_request', 'The request does not have the form that the API describes', { errors }),
  forbiddenCharacters: () =>
    new Problem(400, 'forbidden_characters', 'A text has a NUL byte or a broken Unicode character'),
  signInNeeded: () => new Problem(401, 'sign_in_needed', 'Sign in, or send a bearer token'),
  notAllowed: () => new Problem(403, 'not_allowed', 'This account may not do that'),
  secondFactorNeeded: () =>
    new Problem(
      403,
      'second_factor_needed',
      'This role signs in with a code of an app: set it up at /account/second-factor',
    ),
  staleForm: () => new Problem(403, 'stale_form', 'The form was opened in another session; load it again'),
  notFound: (what: string) => new Problem(404, 'not_found', `No such ${what}`, { what }),
  /** For the sender the same as what is not there: whether another unit has figures is none of an agency's business. */
  outsideScope: (what: string) => new Problem(404, 'not_found', `No such ${what}`, { what }, true),
  methodUnfit: (facts: Readonly<Record<string, unknown>>) =>
    new Problem(404, 'method_unfit', 'The method does not say which items of this questionnaire it stands on', facts),
  notAcceptable: () =>
    new Problem(406, 'not_acceptable', 'The API answers application/json, and text/csv where it says so'),
  waveClosed: (facts: { readonly closedOn: string }) =>
    new Problem(409, 'wave_closed', `The wave took answers until ${facts.closedOn}`, facts),
  noWave: () => new Problem(404, 'no_open_wave', 'No wave collects answers for this unit, service and respondent type'),
  unitNotValid: (facts: Readonly<Record<string, unknown>>) =>
    new Problem(422, 'unit_not_valid', 'The unit did not exist on the day of the transaction', facts),
  unitNotOnMap: (facts: Readonly<Record<string, unknown>>) =>
    new Problem(
      422,
      'unit_not_on_map',
      'The unit does not exist on the day of the map; counts are told forward only',
      facts,
    ),
  answersNotValid: (errors: readonly FieldError[]) =>
    new Problem(422, 'answers_not_valid', 'Some answers do not fit the questionnaire', { errors }),
  broken: (status: number) => new Problem(status, codeOfStatus(status), 'The request could not be read'),
  tooManyRequests: () => new Problem(429, 'too_many_requests', 'Too many requests from this address; wait a minute'),
  unexpected: () => new Problem(500, 'unexpected', 'Something went wrong on our side'),
  notReady: () => new Problem(503, 'not_ready', 'The database does not answer'),
  storageFull: () => new Problem(503, 'storage_full', 'The disk of the database is full; nothing of this was stored'),
} as const

const STATUS_CODES: Readonly<Record<number, string>> = {
  400: 'malformed_request',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'too_large',
  414: 'too_large',
  415: 'unsupported_media_type',
}

/** The code for a status that a parser or the framework reports. */
function codeOfStatus(status: number): string {
  return STATUS_CODES[status] ?? 'malformed_request'
}
