/** An official form as a Word document. */
import { AlignmentType, Document, Packer } from 'docx'
import type { Translate } from '../../platform/text.js'
import { BODY, FONT, foot, head, paragraph, SMALL, section, tableOf } from './docx-parts.js'
import type { OfficialForm } from './official-form.js'

/** Writes a form. */
export async function formDocument(form: OfficialForm, t: Translate): Promise<Buffer> {
  const centre = { align: AlignmentType.CENTER }
  const children = [
    head(t, form.issuer),
    paragraph('', { after: 120 }),
    paragraph(form.title, { ...centre, bold: true, size: 28, after: 0 }),
    paragraph(form.about, { ...centre, bold: true, after: 200 }),
    ...form.facts.map((fact) => paragraph(fact)),
    ...tableOf(form.table),
    ...form.notes.map((note) => paragraph(note, { size: SMALL })),
    paragraph(''),
    foot(t, form.issuer),
  ]
  const document = new Document({
    title: form.title,
    description: form.about,
    styles: { default: { document: { run: { font: FONT, size: BODY } } } },
    sections: [section(form.footer, children, form.table.columns.length > 6)],
  })
  return Packer.toBuffer(document)
}
