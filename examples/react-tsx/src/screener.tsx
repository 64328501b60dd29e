// The form with what it says of itself: that it can be started, or why not.
import { useEffect, useRef, useState } from "react";
import type { ReliefScreener, ReliefScreenerEventMap } from "relief-screener/define";
import "relief-screener/define";

export function Screener() {
  const screener = useRef<ReliefScreener>(null);
  const [state, setState] = useState("The form is loading.");

  // Not `onrelief-ready={…}`: React can lose such a listener where the page was drawn on a server.
  useEffect(() => {
    const element = screener.current;
    const ready = () => setState("The form is ready.");
    const failed = (event: ReliefScreenerEventMap["relief-error"]) => setState(`The form has a problem: ${event.detail.code}`);
    element?.addEventListener("relief-ready", ready);
    element?.addEventListener("relief-error", failed);
    return () => {
      element?.removeEventListener("relief-ready", ready);
      element?.removeEventListener("relief-error", failed);
    };
  }, []);

  return (
    <main>
      <relief-screener ref={screener} lang="en" help-phone="+1 555 0100">
        <span>The form does not run here. Call us: +1 555 0100.</span>
      </relief-screener>
      <p role="status">{state}</p>
    </main>
  );
}
