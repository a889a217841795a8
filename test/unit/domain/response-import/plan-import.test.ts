import { expect } from 'chai'
import { columnsOf, isPersonal } from '../../../../server/domain/response-import/columns.js'
import type { ImportMapping } from '../../../../server/domain/response-import/mapping.js'
import { planImport } from '../../../../server/domain/response-import/plan-import.js'
import { readCase } from '../../../../server/domain/response-import/read-case.js'
import { readMonth, readTime } from '../../../../server/domain/response-import/read-time.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'

const OURS = {
  start: '2026-03-02T09:00:00.000+07:00',
  end: '2026-03-02T09:06:00.000+07:00',
  'case/case_unit': 'p-mot',
  'case/case_service': 'HT',
  'case/case_month': '2026-02-01',
  'case/case_mode': 'face_to_face',
  'case/case_questionnaire': 'h',
  'consent/consent_statement': 'OK',
  'page_ABOUT/S2': '1980',
  'page_ABOUT/S3': '1',
  'page_CLOSING/H6': '',
  'page_CLOSING/H6/1': '0',
  'page_CLOSING/H6/3': '1',
  _uuid: '0f5e',
  deviceid: 'collect:abc',
}
const TERMS = { mode: 'face_to_face', questionnaireHash: 'h', latest: new Date('2026-04-01') } as const

const planOf = (headings: readonly string[], mapping: Partial<ImportMapping> = {}) =>
  planImport(headings, smallQuestionnaire(), { items: {}, ...mapping })

function read(changes: Readonly<Record<string, string>> = {}, mapping: Partial<ImportMapping> = {}) {
  const row = { ...OURS, ...changes }
  const { plan, faults } = planOf(Object.keys(row), mapping)
  if (plan === undefined) throw new Error(faults.join())
  return readCase(plan, Object.values(row), TERMS)
}
const codesOf = (reading: ReturnType<typeof read>) =>
  reading.kind === 'rejected' ? reading.faults.map(({ code }) => code) : []

describe('columns of an export', () => {
  it('are found by the name of the question, after its groups', () => {
    const headings = ['A1', 'page/A1', 'page-A1', 'g1/page/A1', 'XA1', 'A1_note', 'A1/2']
    expect(columnsOf(headings, 'A1')).to.deep.equal([0, 1, 2, 3])
    expect(columnsOf(headings, 'A1/2')).to.deep.equal([6])
  })

  it('about people and devices are known as such', () => {
    const personal = [
      'deviceid',
      'meta/deviceid',
      'phonenumber',
      'username',
      '_submitted_by',
      'SubmitterName',
      '_geolocation',
    ]
    for (const heading of [...personal, 'g/_where_latitude', 'ho_ten', 'respondent_name', 'DeviceID', 'g-email'])
      expect(isPersonal(heading), heading).to.equal(true)
    for (const heading of ['A1', '_uuid', '__version__', 'page/lead_ACCESS', '_index', 'FormVersion'])
      expect(isPersonal(heading), heading).to.equal(false)
  })
})

describe('times and months of an export', () => {
  const times: readonly (readonly [string, 'Z' | '+07:00', string | undefined])[] = [
    ['2026-10-05T09:12:33.123+07:00', '+07:00', '2026-10-05T02:12:33.123Z'],
    ['2026-10-05T09:12:33.123+0700', '+07:00', '2026-10-05T02:12:33.123Z'],
    ['2026-10-05T02:12:33', 'Z', '2026-10-05T02:12:33.000Z'],
    ['2026-10-05 09:12', '+07:00', '2026-10-05T02:12:00.000Z'],
    ['2026-10-05T02:12:33.123456Z', '+07:00', '2026-10-05T02:12:33.123Z'],
    ['5/10/2026 9:12', '+07:00', undefined],
    ['2026-13-05T09:12:33Z', 'Z', undefined],
    ['', 'Z', undefined],
  ]
  for (const [text, zone, instant] of times) {
    it(`“${text}” in ${zone}`, () => expect(readTime(text, zone)?.toISOString()).to.equal(instant))
  }
  it('of months', () => {
    expect(
      ['2026-02-01', '2026-02', '2026-02-01T00:00:00.000+07:00', '2026-13-01', '02/2026'].map(readMonth),
    ).to.deep.equal(['2026-02', '2026-02', '2026-02', undefined, undefined])
  })
})

describe('a row of a form of ours', () => {
  it('is a case without a mapping', () => {
    expect(read()).to.deep.equal({
      kind: 'case',
      case: {
        instanceId: '0f5e',
        unitUid: 'p-mot',
        service: 'HT',
        month: '2026-02',
        language: 'vi',
        startedAt: new Date('2026-03-02T02:00:00Z'),
        endedAt: new Date('2026-03-02T02:06:00Z'),
        consentVersion: '2026-01',
        rawAnswers: { S2: '1980', S3: '1', H6: ['3'] },
      },
    })
  })

  it('takes several choices from one column where it is filled', () => {
    const reading = read({ 'page_CLOSING/H6': '1 2', 'page_CLOSING/H6/1': '1', 'page_CLOSING/H6/3': '0' })
    expect(reading.kind === 'case' && reading.case.rawAnswers.H6).to.deep.equal(['1', '2'])
    const none = read({ 'page_CLOSING/H6/3': '0' })
    expect(none.kind === 'case' && none.case.rawAnswers.H6).to.equal(undefined)
  })

  it('names all that is wrong at once', () => {
    const wrong = {
      _uuid: '',
      end: 'yesterday',
      'case/case_month': '2/2026',
      'consent/consent_statement': '',
      'case/case_mode': 'web',
      'case/case_questionnaire': 'another',
    }
    expect(codesOf(read(wrong))).to.deep.equal([
      'no_id',
      'no_time',
      'no_month',
      'no_consent',
      'other_questionnaire',
      'other_mode',
    ])
    expect(codesOf(read({ end: '2026-05-01T00:00:00Z' }))).to.deep.equal(['in_future'])
    expect(codesOf(read({ _validation_status: 'Not approved' }))).to.deep.equal(['not_approved'])
    expect(codesOf(read({ ReviewState: 'rejected' }))).to.deep.equal(['not_approved'])
    expect(codesOf(read({ ReviewState: 'approved' }))).to.deep.equal([])
    const { plan } = planOf(Object.keys(OURS))
    expect(codesOf(readCase(plan!, ['too', 'few'], TERMS))).to.deep.equal(['cells'])
  })

  it('takes the time of the server, which is in UTC, where the device gave none', () => {
    const { start: _, end: __, ...rest } = OURS
    const headings = [...Object.keys(rest), '_submission_time']
    const reading = readCase(planOf(headings).plan!, [...Object.values(rest), '2026-03-02T02:07:00'], TERMS)
    const at = new Date('2026-03-02T02:07:00Z')
    expect(reading.kind === 'case' && reading.case).to.deep.include({ startedAt: at, endedAt: at })
  })
})

describe('a mapping', () => {
  const FOREIGN = ['ward', 'topic', 'when', 'agree', 'q1', 'q1', 'KEY', 'SubmissionDate']

  it('names columns, words and constants', () => {
    const mapping: ImportMapping = {
      mode: 'phone',
      unit: { column: 'ward', codes: { '26734': 'p-mot' } },
      service: { value: 'HT' },
      transactionOn: { column: 'when' },
      consent: { column: 'agree', given: ['yes'], version: 'c7' },
      items: { C1: { column: 'rate', codes: { good: '4' } }, H6: { column: 'wish', codes: { staff: '1', time: '2' } } },
    }
    const row = {
      ward: '26734',
      when: '2026-02',
      agree: 'yes',
      'g/rate': 'good',
      'g/wish/staff': 'False',
      'g/wish/time': 'True',
      KEY: 'uuid:AB',
      SubmissionDate: '2026-03-02T02:00:00Z',
    }
    const { plan, faults } = planOf(Object.keys(row), mapping)
    expect(faults).to.deep.equal([])
    const reading = readCase(plan!, Object.values(row), { ...TERMS, mode: 'phone' })
    expect(reading.kind === 'case' && reading.case).to.deep.include({
      instanceId: 'AB',
      unitUid: 'p-mot',
      service: 'HT',
      consentVersion: 'c7',
      rawAnswers: { C1: '4', H6: ['2'] },
    })
  })

  it('that does not fit the file is refused with every reason', () => {
    const { plan, faults } = planOf(FOREIGN, {
      items: { C1: { column: 'q1' }, X9: { column: 'q1' }, C2: { column: 'none' } },
    })
    expect(plan).to.equal(undefined)
    for (const part of [
      /the questionnaire has no item X9/,
      /2 columns end in q1/,
      /there is no column none, which the mapping names for C2/,
      /say which consent text was used/,
      /there is no column case_unit/,
      /there is no column case_mode/,
    ])
      expect(
        faults.filter((fault) => part.test(fault)),
        String(part),
      ).to.have.length(1)
    expect(planOf(['Họ tên', 'Ông/Bà có hài lòng không?']).faults.join()).to.match(/XML values and headings/)
  })

  it('leaves columns that nobody reads out, and says which', () => {
    const { ignored, missing, plan } = planOf([...Object.keys(OURS), '__version__'])
    expect(ignored).to.deep.equal({ personal: ['deviceid'], others: ['__version__'] })
    expect(missing).to.deep.equal(['S1', 'C1', 'C2', 'E0', 'E3', 'H7', 'P5'])
    expect(plan!.used.map((at) => plan!.headings[at])).not.to.include('deviceid')
  })
})
