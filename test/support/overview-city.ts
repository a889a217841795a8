import type { CountedResponse } from '../../server/domain/index/tally-responses.js'
import type { IndexReport } from '../../server/domain/report/index-report.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { wave } from './builders.js'
import { part, responses, unitReport } from './report-data.js'

/** A report by unit under the single item, so that every interval is Wilson's on the people who answered. */
export function cityReport(
  counted: Readonly<Record<string, readonly CountedResponse[]>>,
  facts: Partial<Wave> = {},
): IndexReport {
  const uids = Object.keys(counted)
  const report = unitReport(
    uids.map((uid) => part(uid, counted[uid]!)),
    Object.fromEntries(uids.map((uid) => [uid, 'city'])),
    'single_item',
  )
  return { ...report, wave: wave({ unitUids: uids, ...facts }) }
}

/** Kind by uid as in `treeRegistry`: what begins with w is a ward. */
export const kindOf = (uid: string) => (uid.startsWith('w') ? 'phuong' : 'quan')

/**
 * Five districts and three wards. Shares: q1 70, q3 80, q4 85, q5 95, q6 88 %, so the districts' median is 85; w3 40 %;
 * of w1 ten people answered, of w2 nobody.
 */
export const nowReport = () =>
  cityReport({
    q1: responses(100, 70),
    q3: responses(200, 160),
    q4: responses(100, 85),
    q5: responses(200, 190),
    q6: responses(100, 88),
    w1: responses(10, 9),
    w2: [],
    w3: responses(100, 40),
  })

/** The year before: q1 60, q3 95, q4 95, q5 95, q6 88 %; ten people about w1, a hundred about w2, w3 not asked about. */
export const beforeReport = () =>
  cityReport(
    {
      q1: responses(100, 60),
      q3: responses(200, 190),
      q4: responses(100, 95),
      q5: responses(200, 190),
      q6: responses(100, 88),
      w1: responses(10, 10),
      w2: responses(100, 50),
    },
    { id: '2025-web-citizen', opensOn: '2025-01-01', closesOn: '2026-01-01', referenceOn: '2025-01-01' },
  )

export const uidsOf = (rows: readonly { readonly block: { readonly group: { readonly unitUid: string } } }[]) =>
  rows.map(({ block }) => block.group.unitUid)
