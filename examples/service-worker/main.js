// Starts the service worker, sends it one case and shows what comes back.
await navigator.serviceWorker.register("./sw.js", { type: "module" });
const { active } = await navigator.serviceWorker.ready;
navigator.serviceWorker.addEventListener("message", ({ data }) => {
  document.querySelector("output").textContent = data;
});
navigator.serviceWorker.startMessages();
active.postMessage({ asOf: "2024-08-20", answers: { "spouse.status": "citizen" } });
