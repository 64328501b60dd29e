// The engine beside the page. In the bundle of a worker Vite wants no import(), so the entry is the one without it.
import { loadEngine } from "relief-screener/static";

addEventListener("message", async ({ data }) => {
  const engine = await loadEngine();
  const { cards } = engine.screen(data);
  const worthAsking = cards.filter((card) => card.place === "worth-asking").map((card) => card.route);
  postMessage(worthAsking.join(", "));
});
