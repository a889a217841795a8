import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import type { Language } from '../../../../server/domain/survey/vocabulary.js'
import { type IndexReportPage, toIndexReportView } from '../../../../server/features/index-reports/index-report.view.js'
import { reportFormats } from '../../../../server/features/index-reports/report-formats.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { loadTexts } from '../../../../server/platform/text.js'
import { createViews } from '../../../../server/platform/views.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const viewsDir = join(projectDir(), 'views')
const texts = loadTexts(join(viewsDir, 'text'))
const views = createViews(viewsDir, texts)
const parents = { q1: 'city', q3: 'city', q5: 'city', q7: 'city' }

const page = (report: IndexReportPage['report']): IndexReportPage => ({
  report,
  voidedCount: 0,
  received: null,
  choices: { units: [{ uid: 'q1', name: 'Quận 1' }], kinds: ['quan'], services: [{ code: 'DAT', name: 'Đất đai' }] },
  links: {
    path: '/reports/w',
    list: '/reports',
    all: '/reports/w',
    series: '/series?unit=x',
    method: '/reports/method',
    methods: '/reports/w/methods',
    analysis: '/reports/w/analysis',
    xlsx: '/x',
    csv: '/reports/w/index.csv',
    json: '/reports/w/index.json',
    jsonStat: '/reports/w/index.jsonstat',
    modes: '/reports/w/modes',
    hidden: [],
  },
  names: { serviceName: (code) => code, hrefOf: () => '', order: 'name', hrefOfOrder: (order) => `?order=${order}` },
})

async function render(report: IndexReportPage['report'], language: Language = 'vi') {
  const context = { language, t: texts.translator(language), formats: reportFormats(language) }
  const view = { language, ...toIndexReportView(page(report), context) }
  return load(await views.render(join(viewsDir, 'index-reports/show.hbs'), view))
}

const report = unitReport(
  [
    part('q1', responses(400, 324, { C2: 96 })),
    part('q3', responses(4, 2)),
    part('q5', responses(45, 20)),
    part('q7', responses(6, 4)),
  ],
  parents,
)

describe('page of an index report', () => {
  it('states mode, responses, questionnaire and rule', async () => {
    const facts = (await render(report))('.report-facts').text()
    expect(facts).to.include('Tự trả lời qua mạng')
    expect(facts).to.include('455 phiếu hợp lệ trên 455 phiếu nhận được')
    expect(facts).to.include('Bảng hỏi dành cho người dân, bản')
    expect(facts).to.include('tỷ lệ chọn hai mức cao nhất').and.include('trung bình cộng các tiêu chí')
  })

  it('writes percent and Wilson interval of a unit as the methodology has them (C1, 324/400)', async () => {
    const $ = await render(report)
    const row = $('.report-groups tr').filter((_, tr) => $(tr).find('th').text().includes('Tên q1'))
    // Index of one factor pair: C1 and C3 at 81 %, C4 and C5 at 81 %; the overall percent is 81.
    expect(row.find('td b').first().text()).to.equal('81,0')
    const english = await render(report, 'en')
    expect(english('.report-groups').text()).to.include('81.0')
  })

  it('shows hidden figures as hidden, with the reason and without any number', async () => {
    const $ = await render(report)
    const row = $('.report-groups tr').filter((_, tr) => $(tr).find('th').text().includes('Tên q3'))
    expect(row.find('td b')).to.have.length(0)
    expect(row.find('.report-hid').first().text()).to.equal('ẩn: dưới 5 người trả lời')
  })

  it('marks 30 to 59 respondents with †', async () => {
    const $ = await render(report)
    const row = $('.report-groups tr').filter((_, tr) => $(tr).find('th').text().includes('Tên q5'))
    expect(row.find('td b').first().text()).to.match(/†$/)
  })

  it('names both totals, never one for the other', async () => {
    const notes = (await render(report))('.report-groups .is-total small').text()
    expect(notes).to.include('gộp theo số phiếu')
    expect(notes).to.include('bình quân giản đơn các đơn vị')
  })

  it('has the table of lines before the chart, and in the chart the numbers of the table', async () => {
    const $ = await render(report)
    const html = $.html()
    expect(html.indexOf('report-lines')).to.be.below(html.indexOf('data-chart'))
    const data = JSON.parse($('[data-chart] script').text())
    expect(data.labels).to.deep.equal(['Factor one', 'Factor two', 'Module (ngoài chỉ số)'])
    expect(data.percents[2]).to.equal(null)
    expect(data.lows[0]).to.be.below(data.percents[0])
  })

  it('says in words what the split bar draws', async () => {
    const $ = await render(report)
    expect($('.split-bar').first().attr('aria-label')).to.match(/^Level 1: 0,0\s%; Level 2: /)
  })

  it('keeps the chosen filters selected', async () => {
    const $ = await render({ ...report, selection: { ...report.selection, unitUid: 'q1' }, rule: 'pooled' })
    expect($('#filter-unit option[selected]').attr('value')).to.equal('q1')
    expect($('#filter-rule option[selected]').attr('value')).to.equal('pooled')
  })

  it('says that there is no response yet', async () => {
    const $ = await render(unitReport([part('q1', [])], parents))
    expect($('.report-empty').text()).to.include('Chưa có phiếu nào từ ngày 01/01/2026')
    expect($('.report-empty a').attr('href')).to.equal('/reports/w')
    expect($('table, [data-chart]')).to.have.length(0)
  })

  it('names the levels by rank where the criteria are not asked on the scale of the overall question', async () => {
    const key = async (one: IndexReportPage['report']) => {
      const $ = await render(one)
      return $('.level-key li')
        .toArray()
        .map((li) => $(li).text())
    }
    expect((await key(report))[0]).to.equal(report.questionnaire.levels[0]?.vi)
    const lines = report.lines.map((line) =>
      line.isInIndex && line.item ? { ...line, item: { ...line.item, scale: 'agreement' } } : line,
    )
    const asked = report.lines.find(({ item }) => item !== null)
    const overall = { level: 'criterion', code: 'O', factorCode: null, isInIndex: false, parts: [] } as const
    const own = asked?.item ? [{ ...overall, label: asked.label, item: asked.item }] : []
    expect(await key({ ...report, lines: [...lines, ...own] })).to.deep.equal([
      'Mức 1, thấp nhất',
      'Mức 2',
      'Mức 3',
      'Mức 4',
      'Mức 5, cao nhất',
    ])
  })
})
