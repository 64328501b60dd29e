/** Registers `<relief-screener>`. Safe to import twice, and where there is no DOM. */
export { ReliefScreener } from "./element.js";
