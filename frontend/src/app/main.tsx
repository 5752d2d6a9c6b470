import "@/app/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "@/app/providers";
import { Shell } from "@/app/shell";
import { WelcomePage } from "@/features/welcome/components/welcome-page";
import { startI18n } from "@/lib/i18n/i18n";

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no element #root");
}

startI18n();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <Shell>
        <WelcomePage />
      </Shell>
    </Providers>
  </StrictMode>,
);
