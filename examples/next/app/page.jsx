// The engine runs on the server, the form in the browser.
import { loadEngine } from "relief-screener";
import { Screener } from "./screener.jsx";

export default async function Page() {
  const engine = await loadEngine();
  const { cards } = engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": "citizen" } });
  const worthAsking = cards.filter((card) => card.place === "worth-asking").map((card) => card.route);
  return (
    <main>
      <Screener />
      <p>
        Worth asking about: <output>{worthAsking.join(", ")}</output>
      </p>
    </main>
  );
}
