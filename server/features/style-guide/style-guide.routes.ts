import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Router } from 'express'
import { viewLanguage } from '../../platform/http/language.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import { toStyleGuideView } from './style-guide.view.js'
import { colourTokens } from './tokens.js'

/** `/design`: the parts that pages are made of, on one page, for whoever builds or judges them. */
export function styleGuideRoutes(deps: { readonly projectDir: string; readonly texts: Texts }): Router {
  const { router, get } = createRoutes()
  const file = join(deps.projectDir, 'views/assets/tokens.css')
  get('/design', 'public', (_req, res) => {
    const language = viewLanguage(res)
    const tokens = colourTokens(readFileSync(file, 'utf8'))
    res.render('style-guide/show', toStyleGuideView(tokens, language, deps.texts.translator(language)))
  })
  return router
}
