import type { UploadedFile } from '../../platform/http/uploads.js'
import { importForm } from '../xlsform/index.js'

/** A file as the text of a questionnaire, or why it is none. */
export type UploadReading =
  | {
      readonly kind: 'text'
      readonly text: string
      /** What an XLSForm holds that a questionnaire does not, and what was assumed; empty for YAML. */
      readonly findings: readonly string[]
      readonly isForm: boolean
    }
  | { readonly kind: 'faults'; readonly faults: readonly string[] }
  | { readonly kind: 'not_text' }

const ZIP = [0x50, 0x4b]
const OLD_EXCEL = [0xd0, 0xcf]
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte)

/** Reads a questionnaire file, or an XLSForm workbook as a draft of one, told apart by what they hold and not by their names. */
export async function readUpload({ bytes }: Pick<UploadedFile, 'bytes'>): Promise<UploadReading> {
  if (startsWith(bytes, ZIP) || startsWith(bytes, OLD_EXCEL)) {
    const outcome = await importForm(bytes)
    return outcome.kind === 'faults'
      ? outcome
      : { kind: 'text', text: outcome.yaml, findings: outcome.findings, isForm: true }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? { kind: 'not_text' } : { kind: 'text', text, findings: [], isForm: false }
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'not_text' }
    throw error
  }
}
