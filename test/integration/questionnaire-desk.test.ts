import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { toPublished } from '../../server/features/questionnaires/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient, type Page } from '../support/http-client.js'
import { projectQuestionnaire } from '../support/project-files.js'
import { counterFile, sendForm } from '../support/questionnaire-desk.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { workbookOf } from '../support/xlsform.js'

const UNIT = 'p-ben-thanh'
const FORM = 'form.survey-form'
const LIST = '/admin/questionnaires?lang=en'
const NEW = '/admin/questionnaires/new?lang=en'
const REWORDED = counterFile('2027.1').replace('Waiting time before being served', 'Time you waited to be served')
const bytes = (text: string) => new TextEncoder().encode(text)

/** Fills in a served page: the answer to the question of the wait, 4 to the other scales, else the first option. */
function fieldsOf({ $ }: Page, wait: string): Record<string, string> {
  const fields: Record<string, string> = $(`${FORM} [name=consent]`).length > 0 ? { consent: '1' } : {}
  for (const input of $(`${FORM} input[type=radio]`).get()) {
    const name = String($(input).attr('name'))
    const rated = name === 'A5' ? wait : '4'
    // What stands apart from the scale comes after it.
    fields[name] ??= $(input).closest('.scale').length > 0 ? rated : '1'
  }
  return fields
}

describe('the desk of questionnaires', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp({ env: { INTAKE_POSTS_PER_MINUTE: '10000' } })
    for (const role of ['administrator', 'analyst', 'method_owner', 'enumerator'] as const) {
      const login = role.replace('_', '-')
      await app.accounts.createAccount({ login, name: role, role, unitUid: undefined, password: PASSWORD })
    }
    client = createClient(app.url)
    await client.signIn('administrator', PASSWORD)
  })
  after(() => app.stop())

  const send = async (text: string, fields: Record<string, string> = {}, file?: { name: string; bytes: Uint8Array }) =>
    sendForm(client, (await client.get(NEW)).$, { text, ...fields }, file)
  const stored = async () =>
    (await app.questionnaires.list()).map(({ questionnaire: { id, version } }) => `${id} ${version}`)
  const faults = ({ $ }: Page) => $('.error-summary li').text()

  it('lists every version with its hash, questions and waves, and shows each in both languages', async () => {
    const counter = toPublished(projectQuestionnaire('counter'))
    const list = await client.get(LIST)
    expect(list.status).to.equal(200)
    // Six questions: the consent, four ratings, the appointment.
    const row = list.$(`a[href^="/admin/questionnaires/${counter.hash}"]`).closest('tr').text()
    expect(row).to.include('6 questions').and.include(counter.hash.slice(0, 12)).and.include('Vietnamese, English')
    const page = await client.get(`/admin/questionnaires/${counter.hash}?lang=en`)
    expect(page.$('#i-A5 [lang=vi]').text()).to.include('Thời gian chờ đến lượt được phục vụ')
    expect(page.$('#i-A5 [lang=en]').text())
      .to.include('Waiting time before being served')
      .and.include('Very satisfied')
    expect(page.$('.version-changes').length).to.equal(0)
    const file = await client.get(`/admin/questionnaires/${counter.hash}/file`)
    expect(file.headers.get('content-disposition')).to.include(`counter-2026.1-${counter.hash.slice(0, 12)}.json`)
    expect(JSON.parse(file.text)).to.deep.equal(counter.questionnaire)
  })

  it('is read by who sees the city, and changed by administrators alone', async () => {
    for (const [login, status] of [
      ['method-owner', 200],
      ['analyst', 200],
      ['enumerator', 403],
    ] as const) {
      const other = createClient(app.url)
      await other.signIn(login, PASSWORD)
      expect((await other.get(LIST)).status, login).to.equal(status)
      expect((await other.get(NEW)).status, login).to.equal(403)
      const body = new FormData()
      body.append('text', REWORDED)
      expect((await other.postForm('/admin/questionnaires', body)).status, login).to.equal(403)
    }
    const stranger = createClient(app.url)
    expect((await stranger.postForm('/admin/questionnaires', new FormData())).location).to.match(/^\/sign-in/)
    expect(await stored()).not.to.include('counter 2027.1')
  })

  it('names every fault by line and question with what to do, keeps what was typed, and writes nothing', async () => {
    const before = await stored()
    const refused: readonly (readonly [text: string, words: readonly string[]])[] = [
      ['', ['Line 1']],
      ['id: [', ['Line 1', 'cannot be read here']],
      [REWORDED.replace('en: Early }', 'en: "" }'), ['question H2', 'language “en” is missing: add it']],
      [REWORDED.replace('items: [A5]', 'items: [A9]'), ['there is no question A9', 'factors.1']],
      [REWORDED.replace('kind: rating', 'kind: stars'), ['question G1']],
      [REWORDED.replace("version: '2027.1'", 'version: 2027.1'), ['version', 'of the wrong kind']],
      [REWORDED.replace('coreItems:', 'extra: 1\ncoreItems:'), ['nobody knows']],
      [counterFile('2026.1').replace('Early', 'Sooner'), ['never changes: write version: "2026.2"']],
      ['- '.repeat(50_000), ['Line 1']],
      [`x: ${'ă'.repeat(200_001)}`, ['200,000']],
    ]
    for (const [text, words] of refused) {
      const answer = await send(text)
      expect(answer.status, text.slice(0, 40)).to.equal(422)
      for (const word of words) expect(faults(answer)).to.include(word)
      expect(answer.$('textarea').text().trim()).to.equal(text.trim())
      expect(answer.$('[name=checked]').length).to.equal(0)
    }
    const line = REWORDED.split('\n').findIndex((one) => one.includes('en: Early }')) + 1
    expect(faults(await send(refused[2]![0]))).to.include(`Line ${line}, question H2`)
    expect(await stored()).to.deep.equal(before)
  })

  it('refuses a version that the files beside it do not fit, as the start would', async () => {
    const file = readFileSync(join(projectDir(), 'surveys/questionnaires/citizen.yaml'), 'utf8')
    const citizen = app.roles.find(({ questionnaire }) => questionnaire === 'citizen')!
    const text = file
      .replace(/^version: .*$/m, "version: '2027.1'")
      .replace(`code: ${citizen.comments}\n`, 'code: WORDS\n')
    const answer = await send(text)
    expect(answer.status).to.equal(422)
    expect(faults(answer)).to.include('surveys/roles/citizen.yaml').and.include(`uses question ${citizen.comments}`)
    const page = await client.get(`/admin/questionnaires/${toPublished(projectQuestionnaire('citizen')).hash}?lang=en`)
    expect(page.$('.registry-facts').text()).to.include('sipas-2017')
  })

  it('refuses what no form sends', async () => {
    const { $ } = await client.get(NEW)
    const post = (body: string, type: string) =>
      client.post('/admin/questionnaires', {}, { 'content-type': type }).then(async () => {
        const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        return (
          await fetch(`${app.url}/admin/questionnaires`, {
            method: 'POST',
            redirect: 'manual',
            headers: { 'content-type': type, cookie },
            body,
          })
        ).status
      })
    expect(await post('nonsense', 'multipart/form-data; boundary=x')).to.equal(400)
    expect(await post('nonsense', 'multipart/form-data')).to.equal(400)
    expect(await post('x'.repeat(2_200_000), 'multipart/form-data; boundary=x')).to.equal(413)
    expect(await post('{}', 'application/json')).to.equal(415)
    const twice = new FormData()
    for (const value of ['a', 'b']) twice.append('text', value)
    twice.append('_csrf', String($('main [name=_csrf]').val()))
    expect((await client.postForm('/admin/questionnaires', twice)).status).to.equal(400)
    expect((await sendForm(client, $, { text: REWORDED, checked: 'none' })).status).to.equal(400)
    expect((await sendForm(client, $, { text: 'a\0b' })).status).to.equal(400)
    expect((await sendForm(client, $, { text: REWORDED, _csrf: 'wrong' })).status).to.equal(403)
    for (const path of [`${'f'.repeat(64)}`, 'nothing', `${'f'.repeat(64)}/file`])
      expect((await client.get(`/admin/questionnaires/${path}`)).status, path).to.equal(404)
    const { hash } = app.published[0]!
    expect((await client.get(`/admin/questionnaires/${hash}?against=${'f'.repeat(64)}`)).status).to.equal(404)
    expect((await client.get(`/admin/questionnaires/${hash}?against=x`)).status).to.equal(400)
  })

  it('reads a file of YAML, and an XLSForm as a draft with what it does not carry', async () => {
    const yaml = await send(
      'typed before',
      {},
      { name: 'q.yaml', bytes: bytes(REWORDED.replace('items: [A5]', 'items: [A9]')) },
    )
    expect([yaml.status, faults(yaml).includes('there is no question A9')]).to.deep.equal([422, true])
    expect(yaml.$('textarea').text()).to.include('Time you waited')
    const workbook = await workbookOf({
      survey: [
        ['type', 'name', 'label::Vietnamese (vi)', 'label::English (en)'],
        ['select_one rate', 'A1', 'Thái độ', 'Attitude'],
        ['image', 'photo', 'Ảnh', 'Picture'],
      ],
      choices: [
        ['list_name', 'name', 'label::Vietnamese (vi)', 'label::English (en)'],
        ['rate', '1', 'Một', 'One'],
        ['rate', '2', 'Hai', 'Two'],
      ],
      settings: [
        ['form_title', 'form_id', 'version'],
        ['Form', 'form', '1'],
      ],
    })
    const form = await send('', {}, { name: 'form.xlsx', bytes: workbook })
    expect(form.status).to.equal(422)
    expect(form.$('#findings-title').parent().text()).to.include('survey row 3')
    expect(form.$('textarea').text()).to.include('Attitude')
    const old = await send(REWORDED, {}, { name: 'form.xls', bytes: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2) })
    expect([
      old.status,
      faults(old).includes('.xls'),
      old.$('textarea').text().includes('Time you waited'),
    ]).to.deep.equal([422, true, true])
    const picture = await send('', {}, { name: 'x.png', bytes: Uint8Array.of(0x89, 0x50, 0xff, 0x00) })
    expect([picture.status, faults(picture).includes('neither text in UTF-8')]).to.deep.equal([422, true])
  })

  it('says what differs and which series break, and publishes just the content that was looked at', async () => {
    const look = await send(REWORDED)
    expect(look.status).to.equal(200)
    const told = look.$('.version-changes').text()
    expect(told).to.include('Waiting time before being served').and.include('Time you waited to be served')
    // The index, the factor of waiting and its one question; civil servants and the other questions go on.
    const lines = look.$('.version-changes table tbody th code').get()
    expect(lines.map((one) => look.$(one).text())).to.deep.equal(['overall', 'CHO', 'A5'])
    expect(await stored()).not.to.include('counter 2027.1')
    const checked = String(look.$('[name=checked]').val())
    const other = await sendForm(client, look.$, { text: REWORDED.replace('you waited', 'we waited'), checked })
    expect([other.status, other.text.includes('not the one that was checked')]).to.deep.equal([200, true])
    expect(await stored()).not.to.include('counter 2027.1')
    const done = await sendForm(client, look.$, { checked })
    expect([done.status, done.location]).to.deep.equal([303, `/admin/questionnaires/${checked}?lang=en`])
    expect(await stored()).to.include('counter 2027.1')
    const page = await client.get(done.location!)
    expect(page.$('[role=note]').text()).to.include('surveys/questionnaires/published')
    expect(page.$('#changes-title').text()).to.equal('From version 2026.1 to 2027.1')
    const again = await sendForm(client, look.$, { checked })
    expect([again.status, again.text.includes('nothing to do')]).to.deep.equal([200, true])
    const changed = await send(REWORDED.replace('you waited', 'we waited'))
    expect([changed.status, faults(changed).includes('"2027.2"')]).to.deep.equal([422, true])
    const draft = await client.get(`/admin/questionnaires/new?from=${checked}&lang=en`)
    expect((await sendForm(client, draft.$, {})).text).to.include('nothing to do')
  })

  it('is written down, once', async () => {
    const told: string[] = []
    for await (const { kind, actor, subject } of app.audit.log.stream())
      if (kind === 'questionnaire_published') told.push(`${actor.name} ${subject}`)
    expect(told).to.deep.equal(['administrator counter 2027.1'])
  })

  it('is answered in a wave at once, without a new start', async () => {
    const outcome = await app.waves.create(
      waveFile({
        id: '2026-new-words',
        questionnaire: { id: 'counter', version: '2027.1' },
        mode: 'web',
        units: { kinds: [], uids: [UNIT] },
      }),
    )
    expect(outcome.kind).to.equal('created')
    // Of 40 citizens, 30 are very satisfied with the wait and 10 very dissatisfied: 75 percent.
    for (let i = 0; i < 40; i += 1) await answer(i < 30 ? '5' : '1')
    const analyst = createClient(app.url)
    await analyst.signIn('analyst', PASSWORD)
    const { rows } = JSON.parse((await analyst.get('/reports/2026-new-words/index.json')).text) as {
      rows: Record<string, unknown>[]
    }
    const row = rows.find((one) => one.unit_uid === UNIT && one.code === 'A5' && one.scope === 'unit')
    expect(row).to.include({ n_valid: 40, top_two_percent: 75 })
    expect((await client.get(LIST)).text).to.include('2026-new-words')
    expect((await client.get('/privacy?lang=en')).text).to.include('(2027.1)')
  })

  /** A citizen's way through the form; gives the answer to the question of the wait, 4 to the other scales. */
  async function answer(wait: string) {
    const citizen = createClient(app.url)
    let page = await citizen.get(`/r/${UNIT}/HT?lang=en`)
    let asked = ''
    for (let pages = 0; page.$(FORM).length > 0 && pages < 10; pages += 1) {
      asked += page.text
      page = await citizen.send(page.$, FORM, fieldsOf(page, wait))
      if (page.location) page = await citizen.get(page.location)
    }
    expect(page.$('.receipt dd').text()).to.match(/^[0-9A-Z-]{8,}$/)
    expect(asked).to.include('Time you waited to be served')
  }
})
