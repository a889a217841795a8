import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { compareModes } from '../../../../server/domain/report/compare-modes.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { toModeComparisonView } from '../../../../server/features/index-reports/mode-comparison.view.js'
import { reportFormats } from '../../../../server/features/index-reports/report-formats.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { createViews } from '../../../../server/platform/views.js'
import { wave } from '../../../support/builders.js'
import { projectTexts } from '../../../support/project-files.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const viewsDir = join(projectDir(), 'views')
const texts = projectTexts()
const views = createViews(viewsDir, texts)
const links = {
  report: '/r',
  method: '/m',
  xlsx: '/x',
  csv: '/c',
  json: '/j',
  hrefOfReport: (id: string) => `/reports/${id}`,
}

function reportIn(mode: Mode, n: number, satisfied: number): IndexReport {
  const report = unitReport([part('q1', responses(n, satisfied))], { q1: 'city' }, 'single_item')
  return { ...report, wave: wave({ id: mode, mode }) }
}

async function render(...reports: readonly IndexReport[]) {
  const context = { language: 'en', t: texts.translator('en'), formats: reportFormats('en') } as const
  const modes = { wave: reports[0]!.wave, comparison: compareModes(reports) }
  const view = { language: 'en', ...toModeComparisonView(modes, links, context) }
  return load(await views.render(join(viewsDir, 'index-reports/modes.hbs'), view))
}

describe('page of collection modes', () => {
  it('sets each figure with its base and interval beside the other, and says in words what the gap is', async () => {
    const $ = await render(reportIn('kiosk', 400, 330), reportIn('face_to_face', 400, 300))
    const cells = $('.report-modes').first().find('tbody tr').first().find('td')
    expect(cells.eq(0).text().trim()).to.match(/^75\.0.*n = 400$/s)
    expect(cells.eq(1).text().trim()).to.match(/^82\.5.*n = 400$/s)
    expect(cells.eq(2).text()).to.equal('+7.5+1.8 … +13.1significantly higher')
    expect($('h2').text()).to.equal('Answered on a device at the counter, against Face-to-face interview')
    expect($('.report-modes')).to.have.length(2)
  })

  it('says that a small gap is not enough evidence, and shows no gap beside a hidden figure', async () => {
    const small = await render(reportIn('kiosk', 100, 76), reportIn('face_to_face', 100, 75))
    expect(small('.report-modes').first().text()).to.include('not enough evidence of a difference')
    const hidden = await render(reportIn('kiosk', 4, 4), reportIn('face_to_face', 100, 75))
    const row = hidden('.report-modes tbody tr').first()
    expect(row.find('.report-hid')).to.have.length(1)
    expect(row.find('td').eq(2).text()).to.equal('')
    expect(hidden('section').text()).to.include('At no unit are both figures shown')
  })

  it('says that no other mode asks at the same time', async () => {
    const $ = await render(reportIn('web', 100, 75))
    expect($('.report-empty').text()).to.include('No wave asks the same kind of respondent in another way')
    expect($('table')).to.have.length(0)
  })
})
