import type { Import } from './imports.js'

const top = (path: string) => path.split('/').slice(0, 2).join('/')
const feature = (path: string) => path.split('/').slice(0, 3).join('/')

const mayUseMongoose = (file: string) =>
  /\.(model|repository)\.ts$/.test(file) || file.startsWith('server/platform/mongo/')
const mayUseExpress = (file: string) =>
  file.endsWith('.routes.ts') || file.startsWith('server/platform/http/') || file === 'server/app.ts'

const isPackage = (name: string, ...packages: string[]) =>
  packages.some((known) => name === known || name.startsWith(`${known}/`))

function brokenByPackage({ file, target }: Import): string | undefined {
  if (file.startsWith('server/domain/')) return 'the domain imports no package'
  if (
    isPackage(target, 'mongoose', 'mongodb') &&
    !mayUseMongoose(file) &&
    !file.startsWith('server/embedded-mongo/test/')
  )
    return 'mongoose only in models, repositories and platform/mongo'
  if (isPackage(target, 'express') && !mayUseExpress(file)) return 'express only in routes, platform/http and app.ts'
  if (file.startsWith('server/embedded-mongo/') && !file.includes('/test/') && !/^(node:|bson$|lmdb$)/.test(target))
    return 'the embedded engine stands on bson and lmdb alone'
  return undefined
}

/** Which folders each part of the server may import from, besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'server/domain': [],
  'server/embedded-mongo': [],
  'server/platform': ['server/domain'],
  'server/features': ['server/domain', 'server/platform'],
  'server/app.ts': ['server/platform', 'server/domain'],
  'server/jobs.ts': ['server/features', 'server/platform'],
  'server/dependencies.ts': ['server/app.js', 'server/jobs.js', 'server/features', 'server/platform', 'server/domain'],
  'server/main.ts': ['server/app.js', 'server/dependencies.js', 'server/platform'],
}

function brokenByPath({ file, target }: Import): string | undefined {
  const [from, to] = [top(file), top(target)]
  if (from === 'server/features' && to === from && feature(file) !== feature(target)) {
    return target.endsWith('/index.js') ? undefined : 'another feature is reached only through its index.ts'
  }
  if (from === to) return undefined
  if (file === 'server/platform/mongo/connect.ts' && target === 'server/embedded-mongo/start.js') return undefined
  return ALLOWED[from]?.includes(to) ? undefined : `${from} may not import ${to}`
}

/** The rule an import breaks, or undefined. */
export const brokenRule = (statement: Import): string | undefined =>
  statement.isPackage ? brokenByPackage(statement) : brokenByPath(statement)

/** Which files may import what holds or makes unprotected figures; everything else sees them protected or not at all. */
const UNPROTECTED: Readonly<Record<string, readonly RegExp[]>> = {
  'server/domain/report/raw-block.js': [
    /^server\/domain\/report\/(counted-blocks|guard-report|protect-\w+|publish-block|variant-lines)\.ts$/,
    /^server\/domain\/series\/wave-blocks\.ts$/,
    /^server\/domain\/analysis\/own-block\.ts$/,
  ],
  'server/domain/report/make-shown.js': [/^server\/domain\/report\/(publish-block|simple-mean)\.ts$/],
  'server/domain/disclosure/relations.js': [/^server\/domain\//],
}

/** Says how an import goes past the disclosure engine, or undefined. */
export function brokenDisclosure({ file, target }: Import): string | undefined {
  const allowed = UNPROTECTED[target]
  return allowed === undefined || allowed.some((may) => may.test(file))
    ? undefined
    : `${file} imports ${target}: figures as counted are for the disclosure engine alone`
}
