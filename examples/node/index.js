// One case, and what it is worth asking a lawyer about.
import { loadEngine } from "relief-screener";

const engine = await loadEngine();
const { cards } = engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": "citizen" } });
const worthAsking = cards.filter((card) => card.place === "worth-asking").map((card) => card.route);
console.log(worthAsking.join(", "));
