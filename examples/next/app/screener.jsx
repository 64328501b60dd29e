"use client";
// The form in the browser. Its listener is added by hand: React loses `onrelief-ready={…}` where the page came from a server.
import { useEffect, useRef } from "react";
import "relief-screener/define";

export function Screener() {
  const screener = useRef(null);

  useEffect(() => {
    const element = screener.current;
    const ready = () => console.log("The form is ready.");
    element.addEventListener("relief-ready", ready);
    return () => element.removeEventListener("relief-ready", ready);
  }, []);

  return (
    <relief-screener ref={screener} lang="en" help-phone="+1 555 0100">
      <span>The form does not run here. Call us: +1 555 0100.</span>
    </relief-screener>
  );
}
