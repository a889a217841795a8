/**
 * Cases in which the second engine (DocumentDB on PostgreSQL) answers otherwise than MongoDB documents, and why; by
 * group and name.
 */
export const knownDifferences: Readonly<Record<string, string>> = {}
