import type { Router } from 'express'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Wave } from '../../domain/survey/wave.js'
import { viewLanguage } from '../../platform/http/language.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import { toPrivacyFactsView } from './privacy-facts.view.js'

/** `/privacy`: facts about personal data, drawn from what the platform itself knows, so that they cannot grow old. */
export function privacyFactsRoutes(deps: {
  readonly texts: Texts
  readonly questionnaires: { list(): Promise<readonly PublishedQuestionnaire[]> }
  readonly waves: { list(): Promise<readonly Wave[]> }
}): Router {
  const { router, get } = createRoutes()
  get('/privacy', 'public', async (_req, res) => {
    const language = viewLanguage(res)
    const t = deps.texts.translator(language)
    const published = await deps.questionnaires.list()
    const kept = { published, waves: await deps.waves.list() }
    res.render('privacy-facts/show', toPrivacyFactsView(kept, String(res.locals.langQuery), language, t))
  })
  return router
}
