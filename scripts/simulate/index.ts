/** Simulated responses for demonstration, training and load: repeatable, valid, and always marked as simulated. */
export { type CountPlan, planCounts } from './plan-counts.js'
export { type SimulationInput, simulateWave } from './simulate-wave.js'
