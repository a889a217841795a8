import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { withStandings } from '../../../../server/domain/report/rank-units.js'
import type { GroupOrder } from '../../../../server/features/index-reports/group-order.js'
import { toGroupTable } from '../../../../server/features/index-reports/group-table.view.js'
import { reportFormats } from '../../../../server/features/index-reports/report-formats.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { createViews } from '../../../../server/platform/views.js'
import { projectTexts } from '../../../support/project-files.js'
import { part, responses, treeRegistry, unitReport } from '../../../support/report-data.js'

const viewsDir = join(projectDir(), 'views')
const texts = projectTexts()
const views = createViews(viewsDir, texts)
const parents = { q1: 'city', q2: 'city', q10: 'city', q20: 'city', w1: 'city', w2: 'city' }
const parts = [
  part('q10', responses(400, 380)),
  part('q1', responses(12, 6)),
  part('q20', responses(400, 200)),
  part('q2', responses(400, 390)),
  part('w1', responses(400, 300)),
  part('w2', responses(400, 330)),
]
const report = withStandings(unitReport(parts, parents), (uid) => treeRegistry(parents).byUid(uid)?.kind)

async function render(order: GroupOrder = 'name') {
  const context = { language: 'en', t: texts.translator('en'), formats: reportFormats('en') } as const
  const names = {
    serviceName: (code: string) => code,
    hrefOf: () => '',
    order,
    hrefOfOrder: (one: string) => `?o=${one}`,
  }
  const view = { language: 'en', ...toGroupTable(report, names, context), method: '/m' }
  return load(await views.render(join(viewsDir, 'partials/group-table.hbs'), view))
}

describe('table of units compared', () => {
  it('puts each league under a heading that counts who is ranked', async () => {
    const $ = await render()
    const headings = $('.is-league')
      .toArray()
      .map((row) => $(row).text())
    expect(headings).to.deep.equal([
      'Districts: 3 units ranked; 1 not ranked',
      'Wards, communes and special zones: 2 units ranked; 0 not ranked',
    ])
  })

  it('says ranks as ranges and nowhere else a place', async () => {
    const $ = await render()
    const cells = (name: string) =>
      $('tr')
        .filter((_, row) => $(row).find('th').text() === name)
        .find('td')
        .toArray()
        .map((td) => $(td).text())
    expect(cells('Name q2')[3]).to.equal('1–2of 3')
    expect(cells('Name q20')[3]).to.equal('3of 3')
    expect(cells('Name q1')[3]).to.equal('not ranked')
  })

  it('is ordered by name as people count, or by figure with what is hidden last', async () => {
    const names = async (order: GroupOrder) => {
      const $ = await render(order)
      return $('[data-league=district] .is-one th')
        .toArray()
        .map((th) => $(th).text())
    }
    expect(await names('name')).to.deep.equal(['Name q1', 'Name q2', 'Name q10', 'Name q20'])
    expect(await names('figure')).to.deep.equal(['Name q2', 'Name q10', 'Name q20', 'Name q1'])
    const $ = await render('figure')
    expect($('.report-orders [aria-current]').text()).to.equal('Figure')
  })

  it('draws the index with its interval, coloured where all of it lies under 80 %', async () => {
    const $ = await render()
    const row = (name: string) => $('tr').filter((_, one) => $(one).find('th').text() === name)
    // 200 of 400 people who each gave five equal answers: Wilson(0.5, 400) is 45.1 to 54.9.
    expect(row('Name q20').find('.whiskers path').first().attr('d')).to.equal('M45.1 4H54.9')
    expect(row('Name q20').find('.whiskers path').last().attr('d')).to.equal('M50 4h0')
    expect(row('Name q20').find('b.low')).to.have.length(1)
    expect(row('Name q20').text()).to.include('(significantly low)')
    // 330 of 400 is over 80 %, and 300 of 400 is surely under it: Wilson(0.75, 400) ends at 79.0.
    expect(row('Name w2').find('.low')).to.have.length(0)
    expect(row('Name w1').find('b.low')).to.have.length(1)
    expect(row('Name q1').find('.whiskers svg')).to.have.length(0)
  })

  it('offers a drawing of each league to scripts, hidden to readers without them', async () => {
    const $ = await render()
    const folds = $('[data-units]').toArray()
    expect(folds.map((fold) => $(fold).attr('data-units'))).to.deep.equal(['district', 'commune'])
    expect(folds.every((fold) => $(fold).attr('hidden') !== undefined)).to.equal(true)
    expect($('[data-units=district]').attr('data-targets')).to.equal('80 90 95')
  })
})
