/** Starts the server: environment → configuration → dependencies → application → listening; and stops it gracefully. */
import { createApp } from './app.js'
import { createDependencies } from './dependencies.js'
import { loadConfig } from './platform/config.js'
import { listen } from './platform/http/listen.js'
import { createLogger } from './platform/logger.js'
import { metricsListener } from './platform/metrics/metrics-listener.js'
import { projectDir } from './platform/paths.js'

/** Longer than requests in flight are given: what does not end by then waits for something that never comes. */
const STOP_LIMIT_MS = 20_000

async function main() {
  const config = loadConfig(process.env)
  const logger = createLogger(config.logLevel)
  const dependencies = await createDependencies({ config, logger, now: () => new Date(), projectDir: projectDir() })
  const server = await listen(createApp(dependencies.parts), config.http)
  logger.info({ url: server.url, database: dependencies.databaseKind }, 'listening')
  const { metrics } = dependencies
  const metricsServer = config.metrics && (await listen(metricsListener(metrics), config.metrics))
  if (metricsServer) {
    metrics.watchProcess()
    logger.info({ url: `${metricsServer.url}/metrics` }, 'showing measurements')
  }

  let isStopping = false
  const stop = async (reason: string, exitCode: number) => {
    if (isStopping) return
    isStopping = true
    logger.info({ reason }, 'stopping')
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    dependencies.startStopping()
    await server.stop()
    await metricsServer?.stop()
    await dependencies.close()
    process.exit(exitCode)
  }
  const fail = (error: unknown) => {
    logger.error({ err: error instanceof Error ? error : new Error(String(error)) }, 'unhandled')
    stop('unhandled error', 1).catch(() => process.exit(1))
  }
  dependencies.databaseLost.catch(fail)
  process.on('SIGTERM', () => void stop('SIGTERM', 0).catch(fail))
  process.on('SIGINT', () => void stop('SIGINT', 0).catch(fail))
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
