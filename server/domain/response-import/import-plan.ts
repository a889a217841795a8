/** Cells of a row, in the order of the headings. */
export type RowCells = readonly string[]

/** Reads one fact of a row; an empty text where there is none. */
export interface FieldReader {
  /** Place of its column; `undefined` where all rows have the same. */
  readonly at: number | undefined
  read(cells: RowCells): string
}

/** Reads the answer to one item; `undefined` where there is none. */
export interface ItemReader {
  readonly code: string
  readonly columns: readonly number[]
  read(cells: RowCells): string | readonly string[] | undefined
}

/** How rows of a file become cases. */
export interface ImportPlan {
  readonly headings: readonly string[]
  readonly unit: FieldReader
  readonly service: FieldReader
  readonly month: FieldReader
  readonly language: FieldReader
  readonly mode: FieldReader
  readonly consent: FieldReader
  readonly consentGiven: readonly string[]
  readonly consentVersion: string
  /** Hash of the questionnaire that a form of ours wrote into each row. */
  readonly questionnaire: FieldReader | undefined
  readonly id: FieldReader
  readonly startedAt: FieldReader | undefined
  /** When the interview ended, on the device; when it reached the server. */
  readonly endedAt: FieldReader | undefined
  readonly receivedAt: FieldReader | undefined
  /** What reviewers made of the case: Kobo's validation status, ODK's review state. */
  readonly review: FieldReader | undefined
  readonly items: readonly ItemReader[]
  /** Places of all columns that are read. */
  readonly used: readonly number[]
}
