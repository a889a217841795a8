import type { ReaderClass } from '../../domain/disclosure/policy.js'
import type { LineMark, ShownRow } from '../../domain/disclosure/shown-before.js'
import type { Decisions } from '../../domain/report/protect-blocks.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { shownReportModel } from './shown-report.model.js'
import type { ShownReport, ShownReports } from './shown-reports.js'

type StoredRow = readonly [
  units: string,
  service: string | null,
  from: string,
  to: string,
  isRollUp: boolean,
  marks: string,
]
interface StoredDecisions {
  readonly differing: readonly string[]
  readonly cover: readonly string[]
}
type StoredReport = Omit<ShownReport, 'rows' | 'decisions'> & {
  readonly rows: readonly StoredRow[]
  readonly decisions?: StoredDecisions | null
}

/** Shown reports in MongoDB: one document a selection, written whole. */
export function mongoShownReports(connection: Connection): ShownReports {
  const reports = shownReportModel(connection)
  const idOf = (reader: ReaderClass, waveId: string, selection: string) => `${reader} ${waveId} ${selection}`
  return {
    async ofWave(reader, waveId) {
      const found = await reports.find({ reader, waveId }).lean<StoredReport[]>()
      return found.map(
        ({ rows, decisions, ...rest }): ShownReport => ({
          ...rest,
          rows: rows.map(rowOf),
          decisions: decisions ? { differing: new Set(decisions.differing), cover: new Set(decisions.cover) } : null,
        }),
      )
    },
    async write(reader, waveId, { selection, rows, decisions, ...rest }) {
      await reports.updateOne(
        { _id: idOf(reader, waveId, selection) },
        {
          $set: { ...rest, rows: rows.map(storedRow), decisions: decisions && storedDecisions(decisions) },
          $setOnInsert: { reader, waveId, selection },
        },
        { upsert: true },
      )
    },
  }
}

const storedDecisions = ({ differing, cover }: Decisions): StoredDecisions => ({
  differing: [...differing],
  cover: [...cover],
})

const storedRow = ({ region, isRollUp, marks }: ShownRow): StoredRow => [
  region.unitUids.join(' '),
  region.service,
  region.from,
  region.to,
  isRollUp,
  marks.map(({ base, heldAt }) => `${base ?? ''}${heldAt === null ? '' : `h${heldAt}`}`).join(','),
]

function rowOf([units, service, from, to, isRollUp, marks]: StoredRow): ShownRow {
  const unitUids = units === '' ? [] : units.split(' ')
  return { region: { unitUids, service, from, to }, isRollUp, marks: marks.split(',').map(markOf) }
}

function markOf(text: string): LineMark {
  const [base, heldAt] = text.split('h')
  return { base: base ? Number(base) : null, heldAt: heldAt ? Number(heldAt) : null }
}
