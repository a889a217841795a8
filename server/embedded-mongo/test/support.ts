import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, MongoClient } from 'mongodb'
import { type Engine, type EngineOptions, start } from '../start.js'

/** An engine on a folder of its own, with a client of the official driver. */
export interface Running {
  readonly dir: string
  readonly engine: Engine
  readonly client: MongoClient
  readonly db: Db
  readonly lines: string[]
  /** Stops both; the folder goes too, unless it is to be used again. */
  stop(options?: { keepFolder: boolean }): Promise<void>
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'embedded-'))

/** Starts the engine on a folder, a new one if none is named. */
export async function run(dir = newFolder(), options: Partial<EngineOptions> = {}): Promise<Running> {
  const lines: string[] = []
  const engine = await start({ dir, log: (line) => lines.push(line), ...options })
  const client = await MongoClient.connect(engine.uri('test'))
  return {
    dir,
    engine,
    client,
    db: client.db(),
    lines,
    async stop({ keepFolder } = { keepFolder: false }) {
      await client.close()
      await engine.stop()
      if (!keepFolder) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** What a promise is rejected with; fails when it isn't. */
export async function failure(promise: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  try {
    await promise
  } catch (error) {
    return error as Record<string, unknown> & Error
  }
  throw new Error('Expected a rejection')
}
