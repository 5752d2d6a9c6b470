import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Everything the page loads comes with the program: no inline script, no
 * address outside. The calls to Go do not travel over the network, so
 * connect-src can stay shut.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only built pages get the policy: Vite's development server works with inline script and a socket. */
function securePage(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** dist/.gitkeep is what Go embeds in a checkout without a built page; emptying dist must not remove it. */
function keepPlaceholder(): Plugin {
  return {
    name: "keep-placeholder",
    apply: "build",
    closeBundle: () => writeFileSync(resolve(import.meta.dirname, "dist/.gitkeep"), ""),
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), securePage(), keepPlaceholder()],
  resolve: { alias: { "@": resolve(import.meta.dirname, "src") } },
  server: {
    // The icon's drawing lies beside the packaging that is made from it.
    fs: { allow: [import.meta.dirname, resolve(import.meta.dirname, "../build")] },
  },
  build: {
    // WebKitGTK 2.40 (Debian 12, Ubuntu 22.04) is the oldest engine the window runs in.
    target: "safari16.4",
    // The policy allows no data: addresses, so nothing may be inlined as one.
    assetsInlineLimit: 0,
    // The page comes from the program itself: there is no network that a second file would spare.
    chunkSizeWarningLimit: 4000,
  },
  test: {
    environment: "jsdom",
    // Finding by role is slow in jsdom, and a busy machine is slower still.
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
  },
});
