const BASE = 'http://local.invalid'

/**
 * The path of this site that a text names, or `undefined` when it leads anywhere else.
 *
 * Browsers read `//host`, `/\host` and paths with tabs as other sites, so the text is parsed as they parse it.
 *
 * @example localPath('/reports?wave=w1') // '/reports?wave=w1'
 * @example localPath('//evil.example/reports') // undefined
 */
export function localPath(text: string): string | undefined {
  if (!text.startsWith('/') || !URL.canParse(text, BASE)) return undefined
  const url = new URL(text, BASE)
  const path = `${url.pathname}${url.search}`
  return url.origin === BASE && !path.startsWith('//') ? path : undefined
}
