/** Pages of figures that can be kept under a name, by the shape of their paths. */
const KINDS = [
  ['analysis', /^\/reports\/[\w-]{1,60}\/analysis$/],
  ['modes', /^\/reports\/[\w-]{1,60}\/modes$/],
  ['method', /^\/reports\/[\w-]{1,60}\/methods(\/[\w-]{1,60})?$/],
  ['report', /^\/reports\/[\w-]{1,60}$/],
  ['series', /^\/series$/],
  ['city', /^\/city$/],
  ['quality', /^\/data-quality$/],
  ['compare', /^\/compare$/],
  ['agency', /^\/agency\/[a-z0-9.-]{1,80}$/],
] as const

/** What kind of page a saved view opens. */
export type ViewKind = (typeof KINDS)[number][0]

/** A page of figures with all that was chosen on it. */
export interface ViewAddress {
  readonly kind: ViewKind
  /** Path and query on this site, without the language, which is the reader's. */
  readonly address: string
}

export const MOST_ADDRESS = 1000
export const MOST_NAME = 80
/** Views that one account may keep. */
export const MOST_VIEWS = 100

const BASE = 'http://local.invalid'

/**
 * The page that an address of this site names, or `null` for any other: another site, a file, a page of no figures.
 *
 * Read as browsers read addresses, which take `//host` and `/\host` for other sites.
 *
 * @example viewAddress('/reports/2026-web?unit=p-sai-gon&lang=en') // { kind: 'report', address: '/reports/2026-web?unit=p-sai-gon' }
 * @example viewAddress('//evil.example/reports/x') // null
 */
export function viewAddress(text: string): ViewAddress | null {
  if (text.length > MOST_ADDRESS || !text.startsWith('/') || !URL.canParse(text, BASE)) return null
  const url = new URL(text, BASE)
  if (url.origin !== BASE) return null
  const kind = KINDS.find(([, shape]) => shape.test(url.pathname))?.[0]
  if (kind === undefined) return null
  url.searchParams.delete('lang')
  return { kind, address: `${url.pathname}${url.search}` }
}
