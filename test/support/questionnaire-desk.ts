import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheerioAPI } from 'cheerio'
import { projectDir } from '../../server/platform/paths.js'
import type { createClient } from './http-client.js'

/** The counter questionnaire of the project as its file, under another version. */
export const counterFile = (version: string): string =>
  readFileSync(join(projectDir(), 'surveys/questionnaires/counter.yaml'), 'utf8').replace(
    /^version: .*$/m,
    `version: '${version}'`,
  )

/** Sends the served form as a browser does: with all its fields, as a form with files. */
export function sendForm(
  client: ReturnType<typeof createClient>,
  $: CheerioAPI,
  fields: Readonly<Record<string, string>>,
  file?: { readonly name: string; readonly bytes: Uint8Array },
) {
  const form = $('main form[enctype="multipart/form-data"]')
  if (form.length !== 1) throw new Error(`${form.length} forms with files`)
  const body = new FormData()
  const served = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]))
  for (const [name, value] of Object.entries({ ...served, ...fields })) body.append(name, value)
  body.append('file', new Blob(file ? [Uint8Array.from(file.bytes)] : []), file?.name ?? '')
  return client.postForm(form.attr('action') ?? '', body)
}
