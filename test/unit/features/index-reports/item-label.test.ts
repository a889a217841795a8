import { expect } from 'chai'
import { instrumentOf } from '../../../../server/domain/index/instrument.js'
import type { Line } from '../../../../server/domain/index/lines.js'
import { linesOf } from '../../../../server/domain/index/lines.js'
import { itemLabel } from '../../../../server/features/index-reports/line-table.view.js'
import { projectQuestionnaire, projectTexts } from '../../../support/project-files.js'

const label = (line: Line) => itemLabel(line, { language: 'en', t: projectTexts().translator('en') })

describe('the name of a criterion', () => {
  it('says of a negative statement that those who disagree are counted, and of no other', () => {
    const questionnaire = projectQuestionnaire('business')
    const lines = linesOf(instrumentOf(questionnaire), 'mean_of_children', questionnaire.overallItem)
    const told = lines.filter((line) => label(line).endsWith('(a negative statement: those who disagree are counted)'))
    expect(told.map(({ code }) => code)).to.deep.equal(
      lines.filter(({ item }) => item?.isReversed === true).map(({ code }) => code),
    )
    expect(told.length).to.be.greaterThan(0)
    expect(label(lines[0]!)).to.equal(lines[0]!.label.en)
  })
})
