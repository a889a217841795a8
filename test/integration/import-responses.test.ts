import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { addDays, addMonths, cityDay } from '../../server/domain/survey/day.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { importResponses, openCsv } from '../../server/features/response-imports/index.js'
import { CITY, waveFile } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { centralCsv, type Interview, koboCsv, SECRETS } from '../support/interviews.js'
import { runCommand } from '../support/run-command.js'
import { startApp, type TestApp } from '../support/start-app.js'

// The command has no clock but the real one: everything lies around the day of the run.
const TODAY = cityDay(new Date())
const YESTERDAY = addDays(TODAY, -1)
const WISHES = Array.from({ length: 25 }, (_, i) => String(i + 1))
const WAVE = 'interviews-citizen'

describe('importing responses collected with ODK or Kobo', function () {
  this.timeout(60_000)
  let app: TestApp
  let dir: string
  let hash: string
  before(async () => {
    app = await startApp({ now: () => new Date() })
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
    const file = {
      questionnaire: { id: 'citizen', version: '2026.1' },
      units: { kinds: [], uids: ['p-ben-thanh', 'p-sai-gon'] },
      referenceOn: YESTERDAY,
      opensOn: addDays(TODAY, -20),
      closesOn: TODAY,
    }
    const created = [
      await app.waves.create(waveFile({ ...file, id: WAVE, mode: 'face_to_face' })),
      await app.waves.create(waveFile({ ...file, id: 'calls-citizen', mode: 'phone' })),
    ]
    expect(created.map(({ kind }) => kind)).to.deep.equal(['created', 'created'])
    hash = (await app.waves.byId(WAVE))!.questionnaireHash
  })
  after(async () => {
    await app.stop()
    rmSync(dir, { recursive: true })
  })

  const interview = (
    uuid: string,
    changes: Partial<Interview> = {},
    fields: Record<string, string> = {},
  ): Interview => ({
    uuid,
    start: `${YESTERDAY}T09:00:00.000+07:00`,
    end: `${YESTERDAY}T09:07:30.000+07:00`,
    received: `${YESTERDAY}T11:00:00.000Z`,
    several: { 'page_WISHES/H6': ['3', '10'] },
    ...changes,
    fields: {
      'case/case_unit': 'p-ben-thanh',
      'case/case_service': 'HT',
      'case/case_month': addMonths(YESTERDAY, -1),
      'case/case_mode': 'face_to_face',
      'case/case_unit_kind': 'phuong',
      'case/case_questionnaire': hash,
      introduction: '',
      'consent/consent_statement': 'OK',
      'page_CONSENT/S1': '',
      'page_SCREENING/S3': '1',
      'page_SCREENING/S2': '1980',
      'page_ACCESS/A1': '4',
      'page_ACCESS/A2': '96',
      'page_OVERALL/G1': '5',
      'page_COMMENT/H7': 'Phục vụ tốt; "rất" nhanh',
      'page_ABOUT/P5': 'p-sai-gon',
      ...fields,
    },
  })
  const write = (name: string, text: string) => {
    const path = join(dir, name)
    writeFileSync(path, text)
    return path
  }
  const stored = async (waveId = WAVE) => {
    const all: NewResponse[] = []
    for await (const response of app.responses.streamWave(CITY, waveId)) all.push(response)
    return all
  }
  const run = async (text: string, { waveId = WAVE, mapping = { items: {} } } = {}) => {
    const wave = (await app.waves.byId(waveId))!
    const published = (await app.questionnaires.byHash(wave.questionnaireHash))!
    const rejected: string[] = []
    const outcome = await importResponses(
      { ...app, now: () => new Date() },
      {
        wave,
        published,
        csv: await openCsv(write('in.csv', text)),
        mapping,
        onReject: async (_plan, { row }, why) =>
          void rejected.push(`${row} ${why.map(({ code, column }) => `${code} ${column}`.trim()).join(', ')}`),
      },
    )
    return { outcome, rejected }
  }

  it('stores sound rows as the form would on the day of the interview, and nothing of people or devices', async () => {
    const rows = [
      interview('a1'),
      interview(
        'a2',
        { several: {} },
        { 'page_SCREENING/S3': '2', 'page_ACCESS/A1': '', 'page_ACCESS/A2': '', 'page_OVERALL/G1': '' },
      ),
    ]
    const { outcome, rejected } = await run(koboCsv(rows, WISHES))
    expect(rejected).to.deep.equal([])
    expect(outcome).to.deep.include({ rows: 2, stored: 2, known: 0, rejected: 0 })
    expect(outcome.kind === 'imported' && outcome.ignored.personal).to.deep.equal([
      'deviceid',
      'phonenumber',
      'username',
      '_where_latitude',
      '_submitted_by',
    ])
    const all = await stored()
    const first = all.find(({ answers }) => answers.S3 === 1)!
    expect(first).to.deep.include({
      waveId: WAVE,
      mode: 'face_to_face',
      channel: 'import',
      unitUid: 'p-ben-thanh',
      service: 'HT',
      day: YESTERDAY,
      submittedAt: new Date(`${YESTERDAY}T02:07:30Z`),
      startedAt: new Date(`${YESTERDAY}T02:00:00Z`),
      consentVersion: 'citizen-2026.1',
      isSimulated: false,
    })
    // Born in 1980: the band is stored, not the year. What was asked and left out is blank.
    expect(first.answers).to.deep.include({
      A1: 4,
      A2: 96,
      A3: 99,
      G1: 5,
      H6: [3, 10],
      H7: 'Phục vụ tốt; "rất" nhanh',
      P5: 'p-sai-gon',
    })
    expect(first.answers.S2).to.be.oneOf([3, 4])
    expect(all.find(({ answers }) => answers.S3 === 2)!.answers).not.to.have.any.keys('A1', 'G1', 'H6')
    for (const secret of SECRETS) expect(JSON.stringify(all)).not.to.include(secret)
    for (const one of all) expect(one.submissionId).to.match(/^[0-9a-f-]{36}$/)
  })

  it('adds nothing when the same rows come again, from either server, and counts each once', async () => {
    const before = await stored()
    const again = await run(koboCsv([interview('a1'), interview('a1'), interview('b1')], WISHES))
    expect(again.outcome).to.deep.include({ rows: 3, stored: 1, known: 2, rejected: 0 })
    const central = await run(centralCsv([interview('a1'), interview('b1')], WISHES))
    expect(central.rejected).to.deep.equal([])
    expect(central.outcome).to.deep.include({ rows: 2, stored: 0, known: 2, rejected: 0 })
    expect(await stored()).to.have.length(before.length + 1)
    await app.tallies.fold(WAVE)
    const { responseCount, differences } = await app.tallies.recount(WAVE)
    expect([responseCount, differences]).to.deep.equal([before.length + 1, []])
  })

  it('names row, column and reason of whatever the form would refuse', async () => {
    const young = String(Number(YESTERDAY.slice(0, 4)) - 12)
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const rows = [
      interview('a1', {}, { 'page_ACCESS/A1': '1' }),
      interview('r1', {}, { 'page_SCREENING/S3': '2', 'page_OVERALL/G1': '' }),
      interview('r2', {}, { 'page_SCREENING/S2': young }),
      interview('r3', {}, { 'page_ACCESS/A1': '7', 'page_OVERALL/G1': '' }),
      interview('r4', { several: { 'page_WISHES/H6': ['1', '2', '3', '4'] } }),
      interview('r5', {}, { 'case/case_unit': 'p-nowhere' }),
      interview('r6', {}, { 'case/case_service': 'HQ' }),
      interview('r7', {}, { 'case/case_mode': 'web', 'case/case_questionnaire': 'f'.repeat(64) }),
      interview('r8', {}, { 'case/case_month': addMonths(YESTERDAY, -14) }),
      interview('r9', { end: soon }),
      interview('r10', { review: 'Not approved' }),
      interview('r11', {}, { 'page_CONSENT/S1': '2' }),
      interview('r12', {
        end: `${addDays(TODAY, -40)}T09:00:00+07:00`,
        start: `${addDays(TODAY, -40)}T08:50:00+07:00`,
      }),
      interview('r13', { start: `${TODAY}T00:01:00+07:00`, end: `${TODAY}T00:01:30+07:00` }),
    ]
    const count = (await stored()).length
    const { rejected, outcome } = await run(koboCsv(rows, WISHES))
    const expected = [
      '2 other_content _uuid',
      '3 not_asked page_ACCESS/A1, not_asked page_ACCESS/A2, not_asked page_WISHES/H6',
      '4 under_age page_SCREENING/S2',
      '5 unknown_code page_ACCESS/A1, required page_OVERALL/G1',
      '6 too_many page_WISHES/H6',
      '7 out_of_scope case/case_unit',
      '8 out_of_scope case/case_service',
      '9 other_questionnaire case/case_questionnaire, other_mode case/case_mode',
      '10 month_out_of_range case/case_month',
      '11 in_future end',
      '12 not_approved _validation_status',
      '13 no_consent page_CONSENT/S1',
      '14 outside_field_dates end',
      '15 outside_field_dates end',
    ]
    expect(rejected).to.deep.equal(expected)
    expect(outcome).to.deep.include({ stored: 0, rejected: expected.length })
    expect(await stored()).to.have.length(count)
  })

  it('refuses a wave of another mode, and a file without what tells rows apart', async () => {
    const mapping = { mode: 'face_to_face' as const, items: {} }
    const other = await run(koboCsv([interview('c1')], WISHES), { waveId: 'calls-citizen', mapping })
    expect(other.outcome).to.deep.equal({
      kind: 'refused',
      faults: ['the mapping says face_to_face, the wave calls-citizen is phone: modes are never mixed in a wave'],
    })
    const rows = await run(koboCsv([interview('c1')], WISHES), { waveId: 'calls-citizen' })
    expect(rows.rejected).to.deep.equal(['2 other_mode case/case_mode'])
    expect(await stored('calls-citizen')).to.deep.equal([])
    const nameless = await run(koboCsv([interview('c1')], WISHES).replace('_uuid', '_other'))
    expect(JSON.stringify(nameless.outcome)).to.include('no column tells submissions apart')
  })

  it('is a command that writes rejected rows to be mended and ends with 1, until nothing is rejected', async () => {
    const file = write('kobo.csv', koboCsv([interview('d1'), interview('d2', {}, { 'page_ACCESS/A1': '7' })], WISHES))
    const rejects = join(dir, 'kobo.csv.rejects.csv')
    const args = ['--wave', WAVE, '--file', file]
    const first = await runCommand(app.commandEnv, 'import-responses.ts', args)
    expect([first.code, first.stderr]).to.deep.equal([1, ''])
    expect(first.stdout).to.include('2 rows: 1 stored, 0 known already, 1 rejected')
    expect(first.stdout).to.match(/Not read, about people or devices: deviceid phonenumber username/)
    const text = readFileSync(rejects, 'utf8').slice(1)
    expect(readCsv(text)[0]).to.deep.include({
      reject_row: '3',
      reject_columns: 'page_ACCESS/A1',
      reject_codes: 'unknown_code',
      reject_reasons: 'page_ACCESS/A1: Không phải mã của câu này',
      'page_ACCESS/A1': '7',
    })
    for (const secret of SECRETS) expect(text).not.to.include(secret)

    const event = await app.audit.log.lastOf('responses_imported')
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
    expect(event).to.deep.include({ subject: WAVE, details: { sha256 } })

    const mended = write('mended.csv', text.replace('"7"', '"4"'))
    const second = await runCommand(app.commandEnv, 'import-responses.ts', ['--wave', WAVE, '--file', mended])
    expect([second.code, second.stderr]).to.deep.equal([0, ''])
    expect(second.stdout).to.include('1 rows: 1 stored, 0 known already, 0 rejected')
    expect(existsSync(`${mended}.rejects.csv`)).to.equal(false)
    const third = await runCommand(app.commandEnv, 'import-responses.ts', args)
    expect([third.code, third.stderr]).to.deep.equal([
      1,
      `${rejects} exists: name another with --rejects, or take it away first\n`,
    ])
  })
})
