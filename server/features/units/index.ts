export { describeProblem, loadUnitRegistry, readUnitFiles } from './load-units.js'
