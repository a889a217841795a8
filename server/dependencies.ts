/** The composition root: which part gets which. Nothing listens here. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppParts } from './app.js'
import { createAccounts } from './features/accounts/index.js'
import { administrationRoutes } from './features/administration/index.js'
import { createAgencyScores } from './features/agency-scores/index.js'
import { type Audit, auditRoutes, createAudit } from './features/audit/index.js'
import { createCityOverview } from './features/city-overview/index.js'
import { createComparison } from './features/comparison/index.js'
import { createDataQuality } from './features/data-quality/index.js'
import { createDataRequests } from './features/data-requests/index.js'
import { createExports } from './features/exports/index.js'
import { createFinder } from './features/finder/index.js'
import { createIndexReports } from './features/index-reports/index.js'
import { createMethodReportPages } from './features/method-reports/index.js'
import { privacyFactsRoutes } from './features/privacy-facts/index.js'
import { questionnaireDeskRoutes } from './features/questionnaire-desk/index.js'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from './features/questionnaires/index.js'
import { registryDeskRoutes, unitEventRoutes } from './features/registry-desk/index.js'
import { createReleases } from './features/releases/index.js'
import { createResponseRepository, createResponses, mongoVoidedResponses } from './features/responses/index.js'
import { makeEraseWithdrawn, makePurgeWords } from './features/retention/index.js'
import { createSavedViews } from './features/saved-views/index.js'
import { createSeries } from './features/series/index.js'
import { styleGuideRoutes } from './features/style-guide/index.js'
import { loadSurveys, type Surveys } from './features/survey-data/index.js'
import { createTallies } from './features/tallies/index.js'
import { readUnitFiles, unitApiRoutes } from './features/units/index.js'
import { createVoids } from './features/voids/index.js'
import { createWaveAnalysis } from './features/wave-analysis/index.js'
import { createWaves, waveApiRoutes } from './features/waves/index.js'
import { jobsOf } from './jobs.js'
import { codeVersion } from './platform/code-version.js'
import type { Config } from './platform/config.js'
import { apiDocRoutes } from './platform/http/api-docs.js'
import { requestMeter } from './platform/http/request-meter.js'
import { signingKeyRoutes } from './platform/http/signing-key.js'
import { startJob } from './platform/jobs/job.js'
import { type Counters, memoryCounters } from './platform/limits/counters.js'
import type { Logger } from './platform/logger.js'
import { createMetrics, type Metrics } from './platform/metrics/metrics.js'
import { buildIndexes, type Connection, type Database, openDatabase } from './platform/mongo/connect.js'
import { mongoLeases } from './platform/mongo/leases.js'
import { sharedCounters } from './platform/mongo/shared-counters.js'
import { createSigner, type Signer } from './platform/signing.js'

/** A process that was killed holds a job up for so long. */
const LEASE_MS = 15_000

/** What differs between a server, the demo and a test. */
export interface Surroundings {
  readonly config: Config
  readonly logger: Logger
  readonly now: () => Date
  readonly projectDir: string
}

/** The features, joined; in the order in which they need each other. */
function createFeatures(
  connection: Connection,
  surveys: Surveys,
  around: Surroundings,
  metrics: Metrics,
  counters: Counters,
  recordEvent: Audit['recordEvent'],
  signer: Signer | null,
) {
  const { config, now } = around
  const { secret, limits, sessionIdleMinutes } = config
  const { secureCookies } = config.http
  const { publicUrl } = config.http
  const common = { ...surveys, connection, secret, limits, counters, now, recordEvent }
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const waves = createWaves({ ...common, questionnaires })
  const responses = createResponseRepository(connection)
  const tallies = createTallies({ ...common, responses, findQuestionnaire: questionnaires.byHash, observe: metrics })
  const accounts = createAccounts({
    ...common,
    secureCookies,
    sessionIdleMinutes,
    publicUrl,
    identityProvider: config.identityProvider,
    warn: (error) => around.logger.warn({ err: error }, 'the identity provider could not be used'),
  })
  const observeOutcome = metrics.taken
  const intake = createResponses({ ...common, ...accounts, responses, waves, questionnaires, tallies, observeOutcome })
  const finder = createFinder({ ...common, openWaves: waves.openFor })
  const voidedCount = mongoVoidedResponses(connection).countOf
  const savedViews = createSavedViews({ ...common, ...accounts })
  const reports = createIndexReports({ ...common, ...accounts, waves, questionnaires, tallies, voidedCount })
  const voids = createVoids({ ...common, ...accounts, ...reports, waves, questionnaires, tallies })
  const dataRequests = createDataRequests({ ...common, ...accounts, waves, proposeVoid: voids.propose })
  const methodReports = createMethodReportPages({ ...common, ...accounts, responses, waves, questionnaires, tallies })
  const analysis = createWaveAnalysis({ ...common, ...accounts, waves, questionnaires, responses, tallies })
  const series = createSeries({ ...common, ...accounts, waves, questionnaires, tallies })
  const { getUnitComments } = analysis
  const agencyScores = createAgencyScores({ ...common, ...accounts, ...reports, waves, getUnitComments })
  const releases = createReleases({
    ...common,
    ...accounts,
    waves,
    questionnaires,
    responses,
    tallies,
    signer,
    voidedCount,
    judgeWave: analysis.judgeWave,
    code: codeVersion(around.projectDir),
    failed: (error) => around.logger.error({ err: error }, 'a release could not be drafted'),
  })
  const dataQuality = createDataQuality({ ...common, ...accounts, ...reports, waves, voidedCount })
  const comparison = createComparison({ ...common, ...accounts, ...reports, waves, questionnaires })
  const city = createCityOverview({ ...common, ...accounts, ...reports, waves, questionnaires, voidedCount })
  const exports = createExports({
    ...common,
    ...accounts,
    waves,
    questionnaires,
    responses,
    failed: (error) => around.logger.error({ err: error }, 'an export failed'),
  })
  const collection = { questionnaires, waves, responses, tallies, intake, finder }
  return {
    ...collection,
    accounts,
    reports,
    methodReports,
    analysis,
    series,
    agencyScores,
    releases,
    city,
    voids,
    dataRequests,
    dataQuality,
    comparison,
    savedViews,
    exports,
  }
}

const versionOf = (projectDir: string): string =>
  (JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as { version: string }).version

/** What several processes on one database share; the embedded engine has but one, which then need not ask it. */
function createShared({ connection, kind }: Database, { config, now }: Surroundings) {
  const isAlone = kind === 'embedded'
  return {
    counters: isAlone ? memoryCounters() : sharedCounters(connection, config.secret),
    leases: mongoLeases(connection, isAlone ? 'the only process' : randomUUID(), now, LEASE_MS),
  }
}

/**
 * Opens the database, brings it up to date and joins the parts of the application.
 *
 * @throws {Error} when the database does not answer or the survey data are not valid
 */
export async function createDependencies(around: Surroundings) {
  const { config, logger, now, projectDir } = around
  const log = (line: string) => logger.warn(line)
  const surveys = loadSurveys(projectDir, log)
  const { texts, registry, services } = surveys
  const metrics = createMetrics(() => performance.now())
  const database = await openDatabase({ ...config.database, log, onFlush: metrics.flushed })
  const { counters, leases } = createShared(database, around)
  const signer = config.signingKey === null ? null : createSigner(config.signingKey)
  const audit = createAudit({ connection: database.connection, signer, now })
  const features = createFeatures(database.connection, surveys, around, metrics, counters, audit.recordEvent, signer)
  await buildIndexes(database.connection)
  await features.questionnaires.storeAll(surveys.published)
  const startedAt = new Date(now().getTime() - process.uptime() * 1000)
  const purgeWords = makePurgeWords({ ...features, audit, now })
  const eraseWithdrawn = makeEraseWithdrawn({ ...features, audit, now })
  const jobs = jobsOf({ ...features, audit, purgeWords, eraseWithdrawn }, logger).map((job) =>
    startJob(job, leases, now, startedAt),
  )

  let isStopping = false
  const {
    waves,
    questionnaires,
    intake,
    finder,
    accounts,
    reports,
    methodReports,
    analysis,
    series,
    agencyScores,
    voids,
    releases,
    city,
  } = features
  const auditPages = auditRoutes({ ...audit, guardOf: accounts.guardOf, texts })
  const adminPages = administrationRoutes({
    ...accounts,
    waves,
    jobs: leases,
    recordEvent: audit.recordEvent,
    texts,
    now,
  })
  const registryPages = registryDeskRoutes({ ...accounts, registry, services, waves, texts, now })
  const { recordEvent } = audit
  const unitPlaces = () => readUnitFiles(join(projectDir, 'surveys/units')).places
  const unitEvents = unitEventRoutes({ ...accounts, registry, unitPlaces, waves, texts })
  const staffPages = [
    adminPages,
    registryPages,
    questionnaireDeskRoutes({ ...accounts, ...surveys, questionnaires, waves, recordEvent }),
    unitEvents,
    auditPages,
    reports.pages,
    methodReports.pages,
    analysis.pages,
    series.pages,
    agencyScores.pages,
    city.pages,
  ]
  const apis = [
    unitApiRoutes({ registry, services, now }),
    waveApiRoutes({ waves, questionnaires, now }),
    intake.api,
    reports.api,
    methodReports.api,
    analysis.api,
    series.api,
    releases.api,
  ]
  const operations = apis.flatMap((api) => api.operations)
  const parts: AppParts = {
    logger,
    texts,
    health: { ping: () => database.ping(), isStopping: () => isStopping },
    requestMeter: requestMeter(metrics, config.slowRequestMs),
    projectDir,
    secureCookies: config.http.secureCookies,
    trustedProxyHops: config.http.trustedProxyHops,
    staffSession: accounts.staffSession,
    noteFailure: accounts.noteFailure,
    pages: [
      signingKeyRoutes(signer),
      styleGuideRoutes({ projectDir, texts }),
      ...releases.pages,
      voids.pages,
      privacyFactsRoutes({ texts, questionnaires, waves }),
      ...features.dataRequests.pages,
      features.savedViews.pages,
      features.dataQuality.pages,
      features.comparison.pages,
      features.exports.pages,
      finder.pages,
      intake.pages,
      accounts.pages,
      ...staffPages,
    ],
    apis,
    apiDocs: apiDocRoutes({ operations, version: versionOf(projectDir), url: config.http.publicUrl, texts }),
  }
  return {
    parts,
    ...features,
    purgeWords,
    eraseWithdrawn,
    audit,
    metrics,
    registry,
    services,
    roles: surveys.roles,
    commentCodes: surveys.commentCodes,
    published: surveys.published,
    /** Signs what is published; `null` where no key is set. */
    signer,
    connection: database.connection,
    databaseKind: database.kind,
    /** Rejected when the database is lost to this process for good; pending otherwise. */
    databaseLost: database.lost,
    /** From here on `/health/ready` says no, so that the load balancer sends nothing new. */
    startStopping: () => {
      isStopping = true
    },
    close: async () => {
      for (const job of jobs) await job.stop()
      await database.close()
    },
  }
}

export type Dependencies = Awaited<ReturnType<typeof createDependencies>>
