import "@/app/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "@/app/providers";
import { Window } from "@/app/window";
import { startI18n } from "@/lib/i18n/i18n";
import { loadPreferences } from "@/lib/preferences";

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no element #root");
}

startI18n();
loadPreferences().catch(() => {
  // What the page remembers by itself stands.
});
createRoot(root).render(
  <StrictMode>
    <Providers>
      <Window />
    </Providers>
  </StrictMode>,
);
