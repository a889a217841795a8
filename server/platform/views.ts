import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExpressHandlebars } from 'express-handlebars'
import type { Language } from '../domain/survey/vocabulary.js'
import type { TextParams, Texts } from './text.js'

interface HelperOptions {
  readonly hash: TextParams
  readonly data: { readonly root: { readonly language: Language } }
}

interface BlockOptions {
  fn(context: object): string
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

type Partials = ReturnType<ExpressHandlebars['getPartials']>

/** Gathers the partials once: the library does it anew for every page, which took more time than drawing most of them. */
class Views extends ExpressHandlebars {
  #partials: Partials | undefined

  override getPartials(options?: Parameters<ExpressHandlebars['getPartials']>[0]): Partials {
    this.#partials ??= super.getPartials(options)
    return this.#partials
  }
}

/**
 * The template engine, the same for server and tests: strict, so that a misspelt field throws instead of printing nothing.
 *
 * Helpers: `t` (a sentence in the page's language), `asset` (address of a file with its fingerprint), `scriptJson`, and `once`, a block
 * that is drawn once for each object and then kept as long as the object: for views that many pages share.
 */
export function createViews(viewsDir: string, texts: Texts): ExpressHandlebars {
  const digests = fingerprints(join(viewsDir, 'assets'))
  const drawn = new WeakMap<object, string>()
  return new Views({
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
      once(view: object, { fn }: BlockOptions) {
        const html = drawn.get(view) ?? fn(view)
        drawn.set(view, html)
        return html
      },
    },
  })
}
