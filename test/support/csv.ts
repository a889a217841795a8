const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

/** Rows of a CSV text (RFC 4180) as objects by column name: an independent reader of what the platform writes. */
export function readCsv(text: string): Readonly<Record<string, string>>[] {
  const table: string[][] = [[]]
  FIELD.lastIndex = 0
  while (FIELD.lastIndex < text.length) {
    const match = FIELD.exec(text)
    if (!match) throw new Error('Not a CSV text')
    table.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] !== ',' && FIELD.lastIndex < text.length) table.push([])
  }
  const [columns = [], ...rows] = table
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ''])))
}
