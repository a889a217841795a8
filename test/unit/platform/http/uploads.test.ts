import { expect } from 'chai'
import type { RequestHandler } from 'express'
import { createRoutes } from '../../../../server/platform/http/routes.js'
import { uploadedFile } from '../../../../server/platform/http/uploads.js'
import { startBareApp } from '../../../support/bare-app.js'

const PATH = '/admin/questionnaires'
/** Stands for the session: whoever says so is signed in. */
const session: RequestHandler = (req, res, next) => {
  if (req.get('x-staff') === 'yes')
    res.locals.staff = { name: 'An', links: [], saveHref: null, accountHref: '/', csrfToken: '' }
  next()
}

describe('forms with files', () => {
  let app: Awaited<ReturnType<typeof startBareApp>>
  before(async () => {
    const pages = createRoutes()
    pages.post(PATH, 'public', (req, res) => {
      const file = uploadedFile(req, 'file')
      res.json({ body: req.body ?? null, file: file ? { name: file.name, bytes: [...file.bytes] } : null })
    })
    app = await startBareApp(pages.router, { staffSession: [session] })
  })
  after(() => app.stop())

  const post = async (body: FormData | string, headers: Record<string, string> = { 'x-staff': 'yes' }) => {
    const answer = await fetch(app.url + PATH, { method: 'POST', body, headers })
    const text = await answer.text()
    return answer.status === 200 ? (JSON.parse(text) as { body: unknown; file: unknown }) : answer.status
  }
  const form = (...parts: readonly (readonly [string, string | Blob, string?])[]) => {
    const made = new FormData()
    for (const [name, value, file] of parts)
      if (typeof value === 'string') made.append(name, value)
      else made.append(name, value, file)
    return made
  }
  const file = (...bytes: number[]) => new Blob([Uint8Array.from(bytes)])

  it('give their fields as any form does, and their file byte for byte', async () => {
    const sent = form(['text', 'Hài lòng\nhai'], ['file', file(0, 255, 10), 'tệp.bin'], ['twice', 'a'], ['twice', 'b'])
    expect(await post(sent)).to.deep.equal({
      body: { text: 'Hài lòng\r\nhai', twice: ['a', 'b'] },
      file: { name: 'tệp.bin', bytes: [0, 255, 10] },
    })
    const none = form(['text', ''], ['file', file(), ''])
    expect(await post(none)).to.deep.include({ file: null })
    // As browsers send a field for which no file was chosen.
    const empty = `--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n`
    const type = { 'x-staff': 'yes', 'content-type': 'multipart/form-data; boundary=x' }
    expect(await post(empty, type)).to.deep.include({ file: null })
  })

  it('are not read where nobody is signed in', async () => {
    expect(await post(form(['text', 'a'], ['file', file(1), 'x']), {})).to.deep.equal({ body: null, file: null })
  })

  it('are refused when they are none, too large, or hold what no keyboard types', async () => {
    const type = { 'x-staff': 'yes', 'content-type': 'multipart/form-data; boundary=x' }
    expect(await post('nonsense', type)).to.equal(400)
    expect(await post('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb', type)).to.equal(400)
    expect(await post('nonsense', { ...type, 'content-type': 'multipart/form-data' })).to.equal(400)
    expect(await post(form(['file', new Blob([new Uint8Array(2 * 1024 * 1024)]), 'x']))).to.equal(413)
    expect(await post(form(...Array.from({ length: 51 }, (_, i) => [`f${i}`, 'a'] as const)))).to.equal(413)
    expect(await post(form(['text', 'a\0b']))).to.equal(400)
    expect(await post(form(['__proto__', 'a']))).to.equal(400)
    expect(await post(form(['file', file(1), 'a\0b']))).to.equal(400)
  })

  it('are refused everywhere else', async () => {
    const elsewhere = await fetch(`${app.url}/elsewhere`, {
      method: 'POST',
      body: form(['a', 'b']),
      headers: { 'x-staff': 'yes' },
    })
    expect(elsewhere.status).to.equal(415)
  })
})
