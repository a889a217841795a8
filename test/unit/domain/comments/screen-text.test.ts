import { expect } from 'chai'
import fc from 'fast-check'
import { type IdentifierKind, screenText } from '../../../../server/domain/comments/screen-text.js'

const CASES: readonly (readonly [raw: string, screened: string, ...found: readonly IdentifierKind[]])[] = [
  ['Gọi lại cho tôi: 0903 123 456 nhé', 'Gọi lại cho tôi: [phone] nhé', 'phone'],
  ['SĐT 0903.123.456', 'SĐT [phone]', 'phone'],
  ['call +84 903-123-456', 'call [phone]', 'phone'],
  ['028 3822 1234 (cơ quan)', '[phone] (cơ quan)', 'phone'],
  ['số ０９０３１２３４５６', 'số [phone]', 'phone'],
  ['09\u200b03123456', '[phone]', 'phone'],
  ['CCCD 079 085 012 345', 'CCCD [id_number]', 'id_number'],
  ['CCCD 079085012345.', 'CCCD [id_number].', 'id_number'],
  ['CMND 312345678', 'CMND [id_number]', 'id_number'],
  ['hộ chiếu C1234567', 'hộ chiếu [id_number]', 'id_number'],
  ['xe 59A-123.45 bị khoá bánh', 'xe [plate] bị khoá bánh', 'plate'],
  ['xe 59-X1 123.45', 'xe [plate]', 'plate'],
  ['biển 51F12345', 'biển [plate]', 'plate'],
  ['mail: lan.nguyen@example.com.vn', 'mail: [email]', 'email'],
  ['lan (at) example.com', '[email]', 'email'],
  ['xem https://example.com/a?b=1 và fb.com/lan.ng', 'xem [link] và [link]', 'link'],
  ['hồ sơ H29.12-251101-0042 trễ', 'hồ sơ [case_code] trễ', 'case_code'],
  ['tài khoản 1903 5678 9012 34', 'tài khoản [number]', 'number'],
  ['903.123.456 đồng', '[id_number] đồng', 'id_number'],
  ['Bà Nguyễn Thị Lan rất tận tình', 'Bà [name] rất tận tình', 'name'],
  ['Anh Hùng ở quầy 3 cáu gắt', 'Anh [name] ở quầy 3 cáu gắt', 'name'],
  ['cán bộ Trần Văn B nhận tiền của 0912345678', 'cán bộ [name] nhận tiền của [phone]', 'phone', 'name'],
]

describe('screening comments', () => {
  for (const [raw, screened, ...found] of CASES) {
    it(`makes ${JSON.stringify(screened)} of ${JSON.stringify(raw)}`, () => {
      expect(screenText(raw)).to.deep.equal({ text: screened, found })
    })
  }

  it('leaves what people need to say', () => {
    for (const text of [
      'Chờ 3 tiếng, từ 8h30 đến 11h30, ngày 12/11.',
      'Lấy số 125, quầy 4, lệ phí 50.000 đồng thay vì 15.000 đồng.',
      'Cán bộ hướng dẫn tận tình, cảm ơn.',
      'Trụ sở ở đường Nguyễn Huệ, gần chợ Bến Thành, khó gửi xe.',
      'Quyết định 985/QĐ-TTg năm 2018 nói khác.',
      'Đòi 20.000.000 đồng, rồi 5 000 000 đ.',
      'More than 30 minutes, counter 2.',
    ]) {
      expect(screenText(text)).to.deep.equal({ text, found: [] })
    }
  })

  it('leaves no telephone or identity number however its digits are grouped', () => {
    const separator = fc.constantFrom('', ' ', '.', '-', ' - ')
    const number = fc.constantFrom('0903123456', '0281234567', '079085012345', '312345678')
    const groups = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(number, groups, separator, fc.constantFrom('', 'xin gọi ', 'số: '), (raw, sizes, gap, before) => {
        const parts: string[] = []
        let at = 0
        for (const size of [...sizes, raw.length]) {
          if (at < raw.length) parts.push(raw.slice(at, at + size))
          at += size
        }
        const { text } = screenText(`${before}${parts.join(gap)} nhé`)
        expect(text.replaceAll(/\D/g, '')).to.equal('')
      }),
      { numRuns: 2000 },
    )
  })

  it('is done in time that grows with the text alone', () => {
    for (const part of ['0 ', 'a@', '9-', 'Nguyễn ', '1.', '+84', 'Ông '])
      expect(screenText(part.repeat(1000 / part.length)).text.length).to.be.at.most(4000)
  })
})
