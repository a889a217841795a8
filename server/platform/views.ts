import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type ExpressHandlebars } from 'express-handlebars'
import type { Language } from '../domain/survey/vocabulary.js'
import type { TextParams, Texts } from './text.js'

interface HelperOptions {
  readonly hash: TextParams
  readonly data: { readonly root: { readonly language: Language } }
}

/** Short content hashes of the files under `assets`, for addresses that may be cached for ever. */
function fingerprints(assetsDir: string): ReadonlyMap<string, string> {
  const files = readdirSync(assetsDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 10)
      return [path.slice(assetsDir.length + 1).replaceAll('\\', '/'), digest]
    }),
  )
}

/** JSON that is safe inside a script element: no `<` survives. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/**
 * The template engine, the same for server and tests: strict, so that a misspelt field throws instead of printing nothing.
 *
 * Helpers: `t` (a sentence in the page's language), `asset` (address of a file with its fingerprint), `scriptJson`.
 */
export function createViews(viewsDir: string, texts: Texts): ExpressHandlebars {
  const digests = fingerprints(join(viewsDir, 'assets'))
  return create({
    extname: '.hbs',
    layoutsDir: join(viewsDir, 'layouts'),
    partialsDir: join(viewsDir, 'partials'),
    defaultLayout: 'page',
    compilerOptions: { strict: true, preventIndent: true },
    helpers: {
      t: (key: string, options: HelperOptions) => texts.translator(options.data.root.language)(key, options.hash),
      asset: (file: string) => {
        const digest = digests.get(file)
        if (digest === undefined) throw new Error(`No asset ${file}`)
        return `/assets/${file}?v=${digest}`
      },
      scriptJson,
    },
  })
}
