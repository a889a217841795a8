/** One interview as a form of ours sends it: values by question, in groups as the form has them. */
export interface Interview {
  readonly uuid: string
  readonly start: string
  readonly end: string
  readonly received: string
  readonly fields: Readonly<Record<string, string>>
  /** Choices of questions with several, by question. */
  readonly several: Readonly<Record<string, readonly string[]>>
  readonly review?: string
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
const table = (rows: readonly Readonly<Record<string, string>>[], separator: string) => {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]
    .map((cells) => `${cells.map(cell).join(separator)}\r\n`)
    .join('')
}

function ticks(interview: Interview, choices: readonly string[], separator: string, yes: string, no: string) {
  return Object.entries(interview.several).flatMap(([name, chosen]) =>
    choices.map((choice) => [
      `${name.replaceAll('/', separator)}/${choice}`,
      chosen.length === 0 ? '' : chosen.includes(choice) ? yes : no,
    ]),
  )
}

/**
 * A file as KoboToolbox exports it: CSV with "XML values and headers", groups in headers, several choices in single and separate columns.
 *
 * @see KoboToolbox help, "Exporting and downloading your data", https://support.kobotoolbox.org/export_download.html
 */
export function koboCsv(interviews: readonly Interview[], choices: readonly string[]): string {
  const rows = interviews.map((interview, i) => ({
    start: interview.start,
    end: interview.end,
    ...interview.fields,
    ...Object.fromEntries(Object.entries(interview.several).map(([name, chosen]) => [name, chosen.join(' ')])),
    ...Object.fromEntries(ticks(interview, choices, '/', '1', '0')),
    deviceid: 'ee.humanitarianresponse.info:Y2jX',
    phonenumber: '0903123456',
    username: 'dieutravien7',
    _where_latitude: '10.776889',
    _id: String(4100 + i),
    _uuid: interview.uuid,
    _submission_time: interview.received.replace(/\.\d+Z$/, ''),
    _validation_status: interview.review ?? '',
    _submitted_by: 'dieutravien7',
    __version__: 'vQ8xKfTz',
    _index: String(i + 1),
  }))
  return `\uFEFF${table(rows, ';')}`
}

/**
 * A file as ODK Central exports it: groups joined by hyphens, several choices in single and split columns.
 *
 * @see ODK Central API, "Exporting Form Submissions to CSV", https://docs.getodk.org/central-api-submission-management/
 */
export function centralCsv(interviews: readonly Interview[], choices: readonly string[]): string {
  const rows = interviews.map((interview) => ({
    SubmissionDate: interview.received,
    start: interview.start,
    end: interview.end,
    ...Object.fromEntries(Object.entries(interview.fields).map(([name, text]) => [name.replaceAll('/', '-'), text])),
    ...Object.fromEntries(
      Object.entries(interview.several).map(([name, chosen]) => [name.replaceAll('/', '-'), chosen.join(' ')]),
    ),
    ...Object.fromEntries(ticks(interview, choices, '-', '1', '0')),
    'meta-instanceID': `uuid:${interview.uuid}`,
    KEY: `uuid:${interview.uuid}`,
    SubmitterID: '29',
    SubmitterName: 'Điều tra viên 7',
    AttachmentsPresent: '0',
    AttachmentsExpected: '0',
    Status: '',
    ReviewState: interview.review ?? '',
    DeviceID: 'collect:yWpbvNzKzBnmHPoT',
    Edits: '0',
    FormVersion: '1ecb674b',
  }))
  return table(rows, ',')
}

/** What may not be found in any stored response or rejected row. */
export const SECRETS = ['dieutravien7', '0903123456', '10.776889', 'Điều tra viên 7', 'collect:', 'Y2jX']
