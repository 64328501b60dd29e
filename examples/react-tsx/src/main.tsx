// Puts the form onto the page, as a component of React.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Screener } from "./screener";

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Screener />
  </StrictMode>,
);
