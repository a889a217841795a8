import { join } from 'node:path'
import { expect } from 'chai'
import { toGroupTable } from '../../../../server/features/index-reports/group-table.view.js'
import { reportFormats } from '../../../../server/features/index-reports/report-formats.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { loadTexts } from '../../../../server/platform/text.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const texts = loadTexts(join(projectDir(), 'views/text'))
const context = { language: 'en', t: texts.translator('en'), formats: reportFormats('en') } as const
const names = { serviceName: (code: string) => code, hrefOf: () => '', order: 'name', hrefOfOrder: () => '' } as const

function notesOf(parts: readonly ReturnType<typeof part>[]) {
  const report = unitReport(parts, { q1: 'city', q3: 'city', q5: 'city' })
  return toGroupTable(report, names, context).sections.flatMap(({ rows }) => rows.map(({ note }) => note))
}

describe('the simple mean in the table of groups', () => {
  const two = [part('q1', responses(80, 40)), part('q3', responses(90, 45))]

  it('says of how many units it is', () => {
    expect(notesOf(two)).to.include('simple mean of the units shown (2 units)')
  })

  it('says from how many to how many where the columns stand on different units', () => {
    // Nobody of district 5 was asked about C4 and C5, the whole second factor.
    const third = part('q5', responses(70, 35, { C4: 96, C5: 96 }))
    expect(notesOf([...two, third])).to.include('simple mean of the units shown (2–3 units)')
  })
})
