import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { eventLines, unitLine } from '../../../../server/domain/units/unit-lines.js'
import { loadUnitData, readUnitFiles } from '../../../../server/features/units/index.js'
import { toLinks, toUnit } from '../../../../server/features/units/to-unit.js'
import { unitFileSchema } from '../../../../server/features/units/unit-file.js'
import { projectDir } from '../../../../server/platform/paths.js'

const data = loadUnitData(join(projectDir(), 'surveys/units'))

describe('lines for the files of units', () => {
  it('say every unit of the registry as its file says it', () => {
    for (const unit of data.units) {
      const file = unitFileSchema.parse(parse(`units:\n  ${unitLine(unit)}\n`))
      expect(toUnit(file.units![0]!, {}), unit.uid).to.deep.equal(unit)
    }
    expect(data.units.length).to.be.greaterThan(500)
  })

  it('say every unit also below what its file says of all', () => {
    const { places } = readUnitFiles(join(projectDir(), 'surveys/units'))
    for (const unit of data.units) {
      const { defaults } = places.get(unit.uid)!
      const file = unitFileSchema.parse(parse(`units:\n  ${unitLine(unit, defaults)}\n`))
      expect(toUnit(file.units![0]!, defaults), unit.uid).to.deep.equal(unit)
    }
  })

  it('say every event as its file says it, link by link', () => {
    for (const event of data.events) {
      const text = `events:\n${eventLines(event)
        .map((line) => `  ${line}`)
        .join('\n')}\n`
      const [read] = unitFileSchema.parse(parse(text)).events!
      const plain = event.links.map(({ from, to, extent, share, shareBasis }) => ({
        from,
        to,
        extent,
        share,
        shareBasis,
      }))
      const again = read!.links
        .flatMap((link) => toLinks(link))
        .map(({ from, to, extent, share, shareBasis }) => ({ from, to, extent, share, shareBasis }))
      expect(again, event.on).to.deep.equal(plain)
      expect([read!.on, read!.type, read!.legalBasis, read!.note]).to.deep.equal([
        event.on,
        event.type,
        event.legalBasis,
        event.note,
      ])
    }
    expect(data.events.length).to.be.greaterThan(5)
  })
})
