import { type CheerioAPI, load } from 'cheerio'

/** Children of an element in the order of the schema; `?` at most one, `*` any number, `+` one or more, nothing: exactly one. */
type Model = string

/**
 * What DDI-Codebook 2.5 allows where our documents go; parts that we do not write are left out unless they come between others.
 *
 * @see DDI-Codebook 2.5, codebook.xsd: varType, varGrpType, catgryType, sumDscrType and so on, read on 26 November 2026 in the copy of
 *   github.com/ncrncornell/ddi-schemas
 */
const CHILDREN: Readonly<Record<string, Model>> = {
  codeBook: 'docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*',
  docDscr: 'citation? guide? docStatus? docSrc* notes*',
  citation: 'titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit* holdings* notes*',
  titlStmt: 'titl subTitl* altTitl* parTitl* IDNo*',
  rspStmt: 'AuthEnty* othId*',
  prodStmt: 'producer* copyright? prodDate* prodPlac* software*',
  stdyDscr: 'citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* othrStdyMat* notes*',
  stdyInfo: 'studyBudget? subject* abstract* sumDscr* qualityStatement? notes* exPostEvaluation?',
  sumDscr: 'timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* universe* dataKind*',
  method: 'dataColl* notes* anlyInfo? stdyClas* dataProcessing* codingInstructions*',
  dataColl:
    'timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* targetSampleSize* deviat* collMode* resInstru* instrumentDevelopment* sources? collSitu* actMin* ConOps* weight* cleanOps*',
  dataAccs: 'setAvail* useStmt* notes*',
  useStmt: 'confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?',
  fileDscr: 'fileTxt* locMap? notes*',
  fileTxt: 'fileName* fileCitation? dataFingerprint* fileCont* fileStrc? dimensns? fileType* format*',
  dimensns: 'caseQnty* varQnty* logRecL* recPrCas* recNumTot*',
  dataDscr: 'varGrp* nCubeGrp* var* nCube* notes*',
  varGrp: 'labl* txt* concept* defntn? universe? notes*',
  var: 'location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* undocCod* universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*',
  qstn: 'preQTxt* qstnLit* postQTxt* forward* backward* ivuInstr*',
  invalrng: 'range item',
  catgry: 'catValu? labl* txt* catStat* mrow?',
}

const GLOBALS = ['ID', 'xml:lang']
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  codeBook: ['version', 'xmlns', 'xmlns:xsi', 'xsi:schemaLocation'],
  prodDate: ['date'],
  collDate: ['event', 'date'],
  nation: ['abbr'],
  universe: ['clusion', 'level'],
  labl: ['level'],
  notes: ['type'],
  varGrp: ['type', 'name', 'var'],
  var: ['name', 'files', 'intrvl', 'nature', 'wgt', 'wgt-var'],
  range: ['min', 'max'],
  item: ['VALUE'],
  sumStat: ['type'],
  catgry: ['missing'],
  catStat: ['type'],
  varFormat: ['type', 'schema'],
}

/** What is looked at of an element. */
interface Tag {
  readonly name: string
  readonly attribs: Readonly<Record<string, string>>
  readonly children: readonly { readonly type: string; readonly name?: string }[]
}

/** The document, and whatever in it the table above does not allow. */
export function readDdi(xml: string): { readonly $: CheerioAPI; readonly faults: readonly string[] } {
  const $ = load(xml, { xml: { xmlMode: true, decodeEntities: true } })
  const ids = new Set(
    $('[ID]')
      .toArray()
      .map((one) => $(one).attr('ID')),
  )
  const tags = $('*').toArray() as unknown as readonly Tag[]
  const faults = tags.flatMap(({ name, attribs, children }) => {
    const inside = children.flatMap((child) => (child.type === 'tag' ? [child.name!] : []))
    const allowed = [...GLOBALS, ...(ATTRIBUTES[name] ?? [])]
    const references = ['files', 'wgt-var', 'var'].flatMap((key) => (attribs[key] ?? '').split(' ').filter(Boolean))
    return [
      ...(fits(inside, CHILDREN[name] ?? '') ? [] : [`${name} holds ${inside.join(' ')}`]),
      ...Object.keys(attribs)
        .filter((key) => !allowed.includes(key))
        .map((key) => `${name} has ${key}`),
      ...references.filter((id) => !ids.has(id)).map((id) => `${name} refers to ${id}`),
    ]
  })
  const repeated = $('[ID]').length === ids.size ? [] : ['an ID is there twice']
  return { $, faults: [...faults, ...repeated] }
}

function fits(children: readonly string[], model: Model): boolean {
  const pattern = model
    .split(' ')
    .filter(Boolean)
    .map((part) => `(?:${part.replace(/[?*+]$/, '')} )${/[?*+]$/.exec(part)?.[0] ?? ''}`)
  return new RegExp(`^${pattern.join('')}$`).test(children.map((name) => `${name} `).join(''))
}
