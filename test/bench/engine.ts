/** Measures the embedded engine from another process, as the platform's code meets it: through the official driver. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { fill, measureLoad, type Numbers } from './engine-load.js'
import { compiledFile } from './support/compiled.js'

const SOURCE = fileURLToPath(new URL('../../server/embedded-mongo/start.ts', import.meta.url))
const DEFAULT_DOCUMENTS = 1_000_000
const BATCH_DOCUMENTS = 200_000

interface Host {
  readonly process: ChildProcess
  readonly uri: string
  readonly openMs: number
}

const engineModule = () => compiledFile('embedded-mongo/start.js') ?? SOURCE

async function startHost(dir: string): Promise<Host> {
  const path = fileURLToPath(new URL('./engine-host.ts', import.meta.url))
  const child = fork(path, [dir, engineModule()], { execArgv: ['--import', 'tsx'] })
  const [ready] = (await once(child, 'message')) as [{ uri: string; openMs: number }]
  return { process: child, ...ready }
}

async function stopHost({ process }: Host): Promise<void> {
  process.send('stop')
  await once(process, 'exit')
}

async function memoryOf({ process }: Host): Promise<Numbers> {
  process.send('memory')
  const [megabytes] = (await once(process, 'message')) as [Numbers]
  return Object.fromEntries(Object.entries(megabytes).map(([name, value]) => [`${name}Mb`, Math.round(value)]))
}

/** Cold opening of a folder with many documents, from the call of `start` to the first document answered. */
async function measureOpening(dir: string, documents: number): Promise<Numbers> {
  const filling = await startHost(dir)
  const client = await MongoClient.connect(filling.uri)
  await client.db('bench').dropDatabase()
  const before = performance.now()
  await fill(client.db('bench').collection('large'), documents)
  const filledPerSecond = Math.round(documents / ((performance.now() - before) / 1000))
  await client.close()
  await stopHost(filling)
  const bytes = statSync(join(dir, 'data.mdb')).size
  const host = await startHost(dir)
  const start = performance.now()
  const again = await MongoClient.connect(host.uri)
  const first = await again
    .db('bench')
    .collection('large')
    .findOne({ number: documents - 1 })
  if (!first) throw new Error('The last document is not there after opening again')
  const firstReadMs = performance.now() - start
  const memory = await memoryOf(host)
  await again.close()
  await stopHost(host)
  return {
    documents,
    filledPerSecond,
    openMs: Math.round(host.openMs),
    connectAndFirstReadMs: Math.round(firstReadMs),
    bytesPerDocumentOnDisk: Math.round(bytes / documents),
    ...memory,
  }
}

function ratios(engine: Numbers, server: Numbers): Numbers {
  return Object.fromEntries(
    Object.entries(engine).map(([name, value]) => [name, Math.round((value / server[name]!) * 100) / 100]),
  )
}

async function measureServer(uri: string): Promise<Numbers> {
  const client = await MongoClient.connect(uri)
  const name = `engine_bench_${process.pid}`
  try {
    return await measureLoad(uri, name, BATCH_DOCUMENTS)
  } finally {
    await client.db(name).dropDatabase()
    await client.close()
  }
}

function machine(): Record<string, unknown> {
  const { version } = JSON.parse(readFileSync(new URL('../../node_modules/lmdb/package.json', import.meta.url), 'utf8'))
  const cpu = cpus()
  return {
    node: process.version,
    lmdb: version,
    cpu: cpu[0]?.model,
    cores: cpu.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  }
}

/**
 * Runs the measurements and prints them as JSON; with `MONGODB_URI` set also of that server, and engine ÷ server.
 *
 * @param args `--documents=N` for the opening (default a million), `--dir=PATH` for the data folder
 */
export async function runEngineBench(args: readonly string[]): Promise<void> {
  const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
  const dir = mkdtempSync(join(option('dir') ?? tmpdir(), 'engine-bench-'))
  try {
    const host = await startHost(dir)
    const load = await measureLoad(host.uri, 'bench', BATCH_DOCUMENTS)
    const memory = await memoryOf(host)
    await stopHost(host)
    const opening = await measureOpening(dir, Number(option('documents') ?? DEFAULT_DOCUMENTS))
    const uri = process.env.MONGODB_URI
    const server = uri ? await measureServer(uri) : undefined
    const compared = server ? { server, engineToServer: ratios(load, server) } : {}
    const from = engineModule() === SOURCE ? 'source' : 'dist'
    console.log(JSON.stringify({ machine: machine(), from, load, memory, opening, ...compared }, null, 2))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
