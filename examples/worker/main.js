// Sends one case to the worker and shows what comes back.
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  document.querySelector("output").textContent = data;
};
worker.postMessage({ asOf: "2024-08-20", answers: { "spouse.status": "citizen" } });
