import type { Cell, Variable } from '../../../domain/microdata/variable.js'
import type { Language } from '../../../domain/survey/vocabulary.js'

/** A whole data set as encoders take it. */
export interface MicrodataTable {
  readonly variables: readonly Variable[]
  /** How many rows there will be. */
  readonly rowCount: number
  /** Rows, one cell for each variable; read once. */
  readonly rows: Iterable<readonly Cell[]>
  /** Language of labels where a format has room for one. */
  readonly language: Language
  /** What the file is called inside. */
  readonly title: string
  /** Version of the questionnaire, for the codebook. */
  readonly questionVersion: string
  readonly createdAt: Date
}

/** Bytes of a file in pieces of some size. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
