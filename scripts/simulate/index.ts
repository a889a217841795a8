/** Simulated responses for demonstration, training and load: repeatable, valid, and always marked as simulated. */
export { type CityFacts, type CityModel, createCityModel } from './city-model.js'
export type { SimulatedCase } from './honest-case.js'
export { type CountPlan, planCounts } from './plan-counts.js'
export { readSettings, type SettingsChanges, type SimulationSettings, settingsWith } from './settings.js'
export { type SimulationInput, simulateCases, simulateWave, type WaveInput } from './simulate-wave.js'
export { storeResponses } from './store-responses.js'
