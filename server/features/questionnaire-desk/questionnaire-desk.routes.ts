import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { mayDo } from '../../domain/access/permissions.js'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Wave } from '../../domain/survey/wave.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { uploadedFile } from '../../platform/http/uploads.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import type { RecordEvent } from '../audit/index.js'
import { publishedFileName, type QuestionnaireStore, questionnaireYaml } from '../questionnaires/index.js'
import { deskContext } from '../registry-desk/index.js'
import { checkText, versionsOf } from './check-text.js'
import { toQuestionnaireListView, versionHref } from './list.view.js'
import { type BesideQuestionnaires, methodsFor } from './misfits.js'
import { EMPTY_PAGE, type PublishPage, toPublishView } from './publish.view.js'
import { readUpload } from './read-upload.js'
import { toVersionView } from './version.view.js'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const noneOr = (schema: typeof hash) => z.union([z.literal(''), schema]).default('')
const versionRequest = { params: z.object({ hash }), query: z.object({ against: noneOr(hash) }) }
const newRequest = { query: z.object({ from: noneOr(hash) }) }
const publishRequest = {
  body: z.object({
    // Browsers end the lines of a form in their own way.
    text: z
      .string()
      .default('')
      .transform((text) => text.replaceAll('\r\n', '\n')),
    /** Hash of the content that was looked at; without it nothing is written. */
    checked: noneOr(hash),
  }),
}

/** What the desk needs. */
export interface QuestionnaireDeskNeeds extends BesideQuestionnaires {
  readonly questionnaires: Pick<QuestionnaireStore, 'byHash' | 'list' | 'publish'>
  /** The versions that were files when this process started. */
  readonly published: readonly PublishedQuestionnaire[]
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly recordEvent: RecordEvent
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
}

/** `/admin/questionnaires`: read and compared by whoever sees the city, published by administrators (decision 39). */
export function questionnaireDeskRoutes(deps: QuestionnaireDeskNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { questionnaires } = deps
  const inFiles = new Set(deps.published.map((one) => one.hash))
  const mayPublish = (req: Request) => mayDo(deps.currentAccount(req).role, 'manage_waves')

  async function getVersion(wanted: string): Promise<PublishedQuestionnaire> {
    const found = await questionnaires.byHash(wanted)
    if (found === undefined) throw problem.notFound('questionnaire')
    return found
  }

  get('/admin/questionnaires', 'see_reports', async (req, res) => {
    const [published, waves] = [await questionnaires.list(), await deps.waves.list()]
    const page = { published, waves, inFiles, mayPublish: mayPublish(req) }
    res.render('questionnaire-desk/list', toQuestionnaireListView(page, deskContext(res, deps.texts)))
  })

  const show = (req: Request, res: Response, page: Partial<PublishPage>) => {
    const view = toPublishView(
      { ...EMPTY_PAGE, csrfToken: deps.csrfTokenOf(req), ...page },
      deskContext(res, deps.texts),
    )
    res.status(view.faults.length > 0 ? 422 : 200).render('questionnaire-desk/new', view)
  }

  get('/admin/questionnaires/new', 'manage_waves', async (req, res) => {
    const { from } = parseRequest(req, newRequest).query
    const typed = from === '' ? '' : questionnaireYaml((await getVersion(from)).questionnaire)
    show(req, res, { typed })
  })

  post('/admin/questionnaires', 'manage_waves', async (req, res) => {
    const { text, checked } = parseRequest(req, publishRequest).body
    const file = uploadedFile(req, 'file')
    const upload = file === undefined ? null : await readUpload(file)
    if (upload !== null && upload.kind !== 'text') return show(req, res, { typed: text, upload })
    const typed = upload === null ? text : upload.text.replaceAll('\r\n', '\n')
    const check = await checkText(typed, questionnaires, deps)
    // What is done is what was looked at.
    const isConfirmed = check.kind === 'publishable' && check.wanted.hash === checked && upload === null
    if (!isConfirmed)
      return show(req, res, { typed, check, upload, isOutdated: checked !== '' && check.kind === 'publishable' })
    if ((await publish(req, check.wanted)) === 'version_taken')
      return show(req, res, { typed, check: await checkText(typed, questionnaires, deps) })
    res.redirect(303, versionHref(check.wanted.hash, String(res.locals.langQuery)))
  })

  /** Written down before it is done. */
  async function publish(req: Request, wanted: PublishedQuestionnaire) {
    const { id, version } = wanted.questionnaire
    const actor = { type: 'account', name: deps.currentAccount(req).login } as const
    const details = { hash: wanted.hash }
    await deps.recordEvent({ kind: 'questionnaire_published', actor, subject: `${id} ${version}`, details })
    return questionnaires.publish(wanted)
  }

  get('/admin/questionnaires/:hash', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, versionRequest)
    const shown = await getVersion(params.hash)
    const versions = versionsOf(shown.questionnaire.id, await questionnaires.list())
    const before = versions[versions.findIndex((one) => one.hash === shown.hash) + 1] ?? null
    const against = query.against === '' ? before : versions.find((one) => one.hash === query.against)
    if (against === undefined || against?.hash === shown.hash) throw problem.notFound('questionnaire')
    const page = {
      shown,
      versions,
      against,
      waves: await deps.waves.list(),
      isInFiles: inFiles.has(shown.hash),
      methods: methodsFor(shown.questionnaire, deps.methods),
      mayPublish: mayPublish(req),
    }
    res.render('questionnaire-desk/version', toVersionView(page, deskContext(res, deps.texts)))
  })

  get('/admin/questionnaires/:hash/file', 'see_reports', async (req, res) => {
    const shown = await getVersion(parseRequest(req, versionRequest).params.hash)
    res.attachment(publishedFileName(shown)).type('application/json').send(canonicalJson(shown.questionnaire))
  })

  return router
}
