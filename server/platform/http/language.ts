import type { Request, RequestHandler } from 'express'
import { LANGUAGES, type Language } from '../../domain/survey/vocabulary.js'

const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)

/** The language asked for in the address, else the one the browser prefers among ours, else Vietnamese. */
export function languageOf(req: Request): Language {
  if (isLanguage(req.query.lang)) return req.query.lang
  const accepted = req.acceptsLanguages(...LANGUAGES)
  return req.headers['accept-language'] && isLanguage(accepted) ? accepted : 'vi'
}

/** The page's own address in the other language: a query alone, since a path such as `//host` would lead elsewhere. */
function addressIn(req: Request, language: Language): string {
  const params = new URLSearchParams(req.originalUrl.split('?')[1])
  params.set('lang', language)
  return `?${params}`
}

/** Puts what every layout needs into `res.locals`: the language, and the way to the other one. */
export function pageLanguage(): RequestHandler {
  return (req, res, next) => {
    const language = languageOf(req)
    const other = language === 'vi' ? 'en' : 'vi'
    res.locals.language = language
    // A choice made in the address is kept by links; a page from the browser's preference needs none.
    res.locals.langQuery = isLanguage(req.query.lang) ? `?lang=${language}` : ''
    res.locals.otherLanguage = { code: other, href: req.method === 'GET' ? addressIn(req, other) : null }
    res.vary('Accept-Language')
    next()
  }
}

/** The language of a page's view, as set by `pageLanguage`. */
export const viewLanguage = (res: { locals: Record<string, unknown> }): Language => res.locals.language as Language
