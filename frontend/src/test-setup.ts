import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom has no media queries; tests run on a system that prefers light.
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
