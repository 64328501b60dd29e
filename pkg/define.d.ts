/** Registers `<relief-screener>`. Safe to import twice, and where there is no DOM. */
export { ReliefScreener, type ReliefScreenerAttributes, type ReliefScreenerEventMap } from "./element.js";
// Only named: what it adds is for the projects that have one of these frameworks.
export type {} from "./frameworks.js";
