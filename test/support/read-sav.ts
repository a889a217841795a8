import { createRequire } from 'node:module'

interface SavMeta {
  readonly header: {
    readonly n_cases: number
    readonly encoding: string
    readonly weight: { readonly name: string } | null
  }
  readonly sysvars: readonly { readonly name: string; readonly label: string; readonly missing: unknown }[]
  getValueLabels(name: string): readonly { readonly val: number | string; readonly label: string }[]
}
interface SavReader {
  readonly meta: SavMeta
  open(): Promise<void>
  readNextRow(): Promise<Readonly<Record<string, number | string | null>>>
}

/** The package says only how it is required, not how it is imported. */
const { SavFileReader } = createRequire(import.meta.url)('sav-reader') as {
  SavFileReader: new (file: string) => SavReader
}

/**
 * An SPSS file as the package `sav-reader` reads it: another hand than the one that wrote it.
 *
 * It decodes each piece of 8 bytes of a text on its own and tears letters that lie across two (`inPieces`).
 */
export async function readSav(file: string) {
  const reader = new SavFileReader(file)
  await reader.open()
  const rows: Readonly<Record<string, number | string | null>>[] = []
  for (let i = 0; i < reader.meta.header.n_cases; i++) rows.push(await reader.readNextRow())
  return { meta: reader.meta, rows }
}

/** A text as `readSav` gives it. */
export function inPieces(text: string): string {
  const bytes = Buffer.from(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 8) }, (_, i) => bytes.subarray(8 * i, 8 * i + 8))
  return pieces.map((piece) => piece.toString('utf8')).join('')
}
