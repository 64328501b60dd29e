// The engine in a service worker. import() is forbidden there, so the entry is the one that has everything at once.
import { loadEngine } from "./node_modules/relief-screener/static.js";

addEventListener("message", (event) => {
  const answer = async () => {
    const engine = await loadEngine();
    const { cards } = engine.screen(event.data);
    const worthAsking = cards.filter((card) => card.place === "worth-asking").map((card) => card.route);
    event.source.postMessage(worthAsking.join(", "));
  };
  event.waitUntil(answer());
});
