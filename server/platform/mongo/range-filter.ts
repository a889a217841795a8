/** The condition that a text lies after one bound, up to and with another; no condition where both are `null`. */
export function rangeFilter(
  field: string,
  { after, upTo }: { readonly after: string | null; readonly upTo: string | null },
): Readonly<Record<string, unknown>> {
  const bounds = { ...(after === null ? {} : { $gt: after }), ...(upTo === null ? {} : { $lte: upTo }) }
  return Object.keys(bounds).length === 0 ? {} : { [field]: bounds }
}
