/** A cell of a table on the console; numbers stand on the right. */
export type ConsoleRow = readonly string[]

const GAP = '  '

/**
 * Rows as lines of equally wide columns, the first on the left and the others on the right.
 *
 * Texts of the platform are in Unicode NFC, one character a letter, so a string's length is its width.
 */
export function toConsoleTable(rows: readonly ConsoleRow[], indent = ''): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    )
    return `${indent}${cells.join(GAP)}`.trimEnd()
  })
}
