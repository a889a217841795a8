import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { newSigningKey } from '../../server/platform/signing.js'

/** An account to sign in with. */
export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly name: string
}

const notes = z.object({
  secret: z.string(),
  // Folders of before have none: releases then wait for a new one.
  signingKey: z.string().optional(),
  accounts: z.array(z.object({ login: z.string(), password: z.string(), name: z.string() })),
})

/** Where a demonstration lives, and what an earlier run left there. */
export interface DemoFolder {
  readonly dataDir: string
  readonly secret: string
  /** Signs what is published. */
  readonly signingKey: string
  /** `null`: still to be filled. */
  readonly accounts: readonly DemoAccount[] | null
  /** Notes that the folder is filled, with the passwords: only of a folder that is kept. */
  finish(accounts: readonly DemoAccount[]): void
  /** Removes a folder that is not kept. */
  discard(): void
}

/** Written last: a folder without it was never finished. */
const NOTES = 'demo.json'

function keptFolder(dir: string): DemoFolder {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, NOTES)
  const isFilled = existsSync(file)
  if (!isFilled && readdirSync(dir).length > 0) {
    throw new Error(`${dir} is not empty and holds no finished demonstration: name another folder, or empty it`)
  }
  const earlier = isFilled ? notes.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  const secret = earlier?.secret ?? randomBytes(32).toString('base64url')
  const signingKey = earlier?.signingKey ?? newSigningKey()
  return {
    dataDir: join(dir, 'data'),
    secret,
    signingKey,
    accounts: earlier?.accounts ?? null,
    finish: (accounts) =>
      writeFileSync(file, `${JSON.stringify({ secret, signingKey, accounts }, null, 2)}\n`, { mode: 0o600 }),
    discard: () => {},
  }
}

function passingFolder(): DemoFolder {
  const dir = mkdtempSync(join(tmpdir(), 'hai-long-demo-'))
  return {
    dataDir: dir,
    secret: randomBytes(32).toString('base64url'),
    signingKey: newSigningKey(),
    accounts: null,
    finish: () => {},
    discard: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/**
 * The folder of a demonstration: a fresh one that goes when it ends, or one that is kept and found again.
 *
 * @param dir folder to keep
 * @throws {Error} when the folder holds something else
 */
export const openDemoFolder = (dir?: string): DemoFolder =>
  dir === undefined ? passingFolder() : keptFolder(resolve(dir))
