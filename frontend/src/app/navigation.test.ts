import { expect, it } from "vitest";
import { withSide } from "@/app/navigation";

const state = { view: "compare", sourceId: "1", targetId: "2" } as const;

it("a side is chosen", () => {
  expect(withSide(state, "source", "3")).toEqual({ ...state, sourceId: "3" });
});

it("choosing the other side's connection swaps them: the same one twice is never compared", () => {
  expect(withSide(state, "source", "2")).toEqual({ ...state, sourceId: "2", targetId: "1" });
  expect(withSide(state, "target", "1")).toEqual({ ...state, sourceId: "2", targetId: "1" });
});

it("neither side may be chosen", () => {
  expect(withSide({ ...state, targetId: "" }, "source", "")).toEqual({
    ...state,
    sourceId: "",
    targetId: "",
  });
});
