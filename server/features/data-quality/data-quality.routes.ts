import type { Request, Router } from 'express'
import { mayDo } from '../../domain/access/permissions.js'
import type { Scope } from '../../domain/access/scope.js'
import { type WaveQuality, waveQuality } from '../../domain/quality-board/wave-quality.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import { orderWaves } from '../../domain/survey/wave-order.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { viewLanguage } from '../../platform/http/language.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import { type GetIndexReport, reportFormats } from '../index-reports/index.js'
import { toDataQualityView } from './data-quality.view.js'

/** What the board is made from. */
export interface DataQualityNeeds {
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly getIndexReport: GetIndexReport
  readonly voidedCount: (waveId: string) => Promise<number>
  readonly registry: Pick<UnitRegistry, 'byUid' | 'nameOf'>
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly scopeOf: (req: Request) => Scope
  readonly texts: Texts
  readonly now: () => Date
}

/** Waves on the board, the latest first. */
const MOST_WAVES = 8
/** Under this rule the first line is the overall item itself, asked once of each respondent. */
const WHOLE_WAVE = {
  rule: 'single_item',
  unitUid: null,
  kinds: [],
  service: null,
  period: { from: null, to: null },
  breakdown: 'unit',
} as const

/** `/data-quality`: how sound the data of each wave look, and which units to look into. */
export function dataQualityRoutes(deps: DataQualityNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  // A report is the same object until a response comes: then nothing is worked out anew.
  const known = new WeakMap<IndexReport, WaveQuality>()
  const kindOf = (uid: string) => deps.registry.byUid(uid)?.kind

  async function rowOf(scope: Scope, wave: Wave) {
    const report = await deps.getIndexReport(scope, { ...WHOLE_WAVE, waveId: wave.id })
    const quality = known.get(report) ?? waveQuality(report, kindOf)
    known.set(report, quality)
    return { wave, quality, voidedCount: await deps.voidedCount(wave.id) }
  }

  get('/data-quality', 'see_reports', async (req, res) => {
    const today = cityDay(deps.now())
    const opened = orderWaves(await deps.waves.list()).filter(({ opensOn }) => opensOn <= today)
    const rows: Awaited<ReturnType<typeof rowOf>>[] = []
    for (const wave of opened.slice(0, MOST_WAVES)) rows.push(await rowOf(deps.scopeOf(req), wave))
    const language = viewLanguage(res)
    const context = { language, t: deps.texts.translator(language), formats: reportFormats(language) }
    const page = {
      rows,
      today,
      hiddenCount: Math.max(0, opened.length - MOST_WAVES),
      mayVoid: mayDo(deps.currentAccount(req).role, 'void_responses'),
      registry: deps.registry,
      langQuery: String(res.locals.langQuery),
    }
    if (rows.some(({ wave }) => wave.isSimulated)) res.locals.isSimulated = true
    res.render('data-quality/show', toDataQualityView(page, context))
  })

  return router
}
