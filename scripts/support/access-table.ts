import { lets, PERMISSIONS, ROLES, type Rule } from '../../server/domain/access/permissions.js'
import type { DeclaredRoute } from '../../server/platform/http/routes.js'

const RULES: readonly Rule[] = ['public', 'signed_in', ...PERMISSIONS]
const inWords = (code: string) => code.replaceAll('_', ' ')
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const nameOf = ({ method, path }: DeclaredRoute) => `\`${method.toUpperCase()} ${path}\``

/** Who may use which route, as Markdown: roles × rules, then the routes of each rule, from those of the application. */
export function accessTable(routes: readonly DeclaredRoute[]): string {
  const who = RULES.filter((rule) => rule !== 'public')
  const matrix = [
    row(['', ...ROLES.map(inWords)]),
    row(Array(ROLES.length + 1).fill('---')),
    ...who.map((rule) => row([inWords(rule), ...ROLES.map((role) => (lets(rule, role) ? '●' : ''))])),
  ]
  const lists = RULES.flatMap((rule) => {
    const names = routes.filter((route) => route.rule === rule).map(nameOf)
    return names.length === 0 ? [] : [`**${inWords(rule)}**`, '', ...names.toSorted().map((name) => `- ${name}`), '']
  })
  return [
    '# Who may use which route',
    '',
    'Written by `npm run access:table` from the table of permissions and the routes of the application; a test holds it current, and',
    'calls every route as every role. Decision 24 says why.',
    '',
    ...matrix,
    '',
    '## Routes by rule',
    '',
    ...lists,
  ].join('\n')
}
