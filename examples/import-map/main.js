// The form, and beside it the engine: both by the names that the import map of the page gives them.
import { loadEngine } from "relief-screener";
import "relief-screener/define";

const engine = await loadEngine();
const { cards } = engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": "citizen" } });
const worthAsking = cards.filter((card) => card.place === "worth-asking").map((card) => card.route);
document.querySelector("output").textContent = worthAsking.join(", ");
