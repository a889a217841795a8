import { join } from 'node:path'
import { createUnitRegistry } from '../../domain/units/create-unit-registry.js'
import { createServiceCatalogue } from '../../domain/units/service-catalogue.js'
import { loadTexts } from '../../platform/text.js'
import { BUILT_FILE, readBuiltData } from './built-data.js'
import { readSurveyData, type SurveyData } from './survey-data.js'

function currentData(dir: string, log: (line: string) => void, builtFile: string): SurveyData {
  const built = readBuiltData(dir, builtFile)
  if (built === 'stale') {
    log('surveys has changed since "npm run build": its files are read, which makes the start slower; build again')
  }
  return typeof built === 'string' ? readSurveyData(dir) : built
}

/**
 * The data that methodologists edit and the texts of the pages, ready for use; also for commands.
 *
 * @param log receives a line when what was built is out of date
 * @throws {Error} when they are not valid
 */
export function loadSurveys(projectDir: string, log: (line: string) => void = () => {}, builtFile = BUILT_FILE) {
  const { units, services, ...rest } = currentData(join(projectDir, 'surveys'), log, builtFile)
  return {
    ...rest,
    registry: createUnitRegistry(units),
    services: createServiceCatalogue(services),
    texts: loadTexts(join(projectDir, 'views/text')),
  }
}

export type Surveys = ReturnType<typeof loadSurveys>
