import type { Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { rating, tinyQuestionnaire } from './tiny-questionnaire.js'

const both = (vi: string, en: string) => ({ vi, en })
const yesNo = [
  { code: 1, label: both('Có', 'Yes') },
  { code: 2, label: both('Không', 'No') },
]

/**
 * A short instrument with one of everything the form has to draw: year with bands, filter with follow-ups on its own
 * page, a section that a filter hides, several choices, free text, residence.
 */
export function smallQuestionnaire(): Questionnaire {
  return tinyQuestionnaire({
    id: 'small',
    title: both('Phiếu ngắn', 'Short form'),
    introduction: both('Khoảng hai phút.', 'About two minutes.'),
    consent: {
      version: '2026-01',
      heading: both('Ông/Bà đồng ý tham gia?', 'Do you agree to take part?'),
      paragraphs: [both('Không thu thập họ tên.', 'No name is collected.')],
      statement: both('Tôi đồng ý và đã đủ 18 tuổi', 'I agree and am 18 or older'),
    },
    sections: [
      {
        code: 'consent',
        title: both('Đồng ý', 'Consent'),
        items: [
          {
            kind: 'choice',
            code: 'S1',
            text: both('Ông/Bà có đồng ý không?', 'Do you agree?'),
            required: true,
            options: yesNo,
            stopsAt: [2],
          },
        ],
      },
      {
        code: 'about',
        title: both('Lần làm thủ tục', 'Your visit'),
        items: [
          {
            kind: 'year',
            code: 'S2',
            text: both('Ông/Bà sinh năm nào?', 'Year of birth?'),
            required: true,
            earliest: 1900,
            minAgeYears: 18,
            bands: [
              { code: 1, fromAge: 18, toAge: 34, label: both('18-34', '18-34') },
              { code: 2, fromAge: 35, toAge: null, label: both('35 trở lên', '35 and over') },
            ],
          },
          {
            kind: 'choice',
            code: 'S3',
            text: both('Có làm thủ tục không?', 'Any procedure?'),
            required: true,
            options: yesNo,
          },
        ],
      },
      {
        code: 'staff',
        title: both('Công chức', 'Staff'),
        lead: both('Ông/Bà hài lòng ở mức nào?', 'How satisfied were you?'),
        showIf: { item: 'S3', in: [1] },
        items: [rating('C1', { required: true }), rating('C2', { allowsNotApplicable: false, allowsDontKnow: false })],
      },
      {
        code: 'feedback',
        title: both('Góp ý', 'Feedback'),
        items: [
          {
            kind: 'choice',
            code: 'E0',
            text: both('Có góp ý không?', 'Any feedback?'),
            required: true,
            options: yesNo,
          },
          rating('E3', { required: true, showIf: { item: 'E0', in: [1] } }),
        ],
      },
      {
        code: 'closing',
        title: both('Kết thúc', 'Closing'),
        items: [
          {
            kind: 'multi',
            code: 'H6',
            text: both('Cần cải thiện điều gì?', 'What to improve?'),
            required: false,
            maxChoices: 2,
            options: [1, 2, 3].map((code) => ({ code, label: both(`Việc ${code}`, `Thing ${code}`) })),
          },
          { kind: 'text', code: 'H7', text: both('Ý kiến khác', 'Comments'), required: false, maxLength: 100 },
          { kind: 'unit', code: 'P5', text: both('Nơi ở', 'Residence'), required: false, unitKinds: ['phuong', 'xa'] },
        ],
      },
    ],
    factors: [{ code: 'F1', name: both('Công chức', 'Staff'), items: ['C1', 'C2'], role: 'index' }],
    overallItem: 'C1',
    coreItems: ['C1', 'C2'],
    minCoreShare: 0.8,
  })
}
