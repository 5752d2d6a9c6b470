import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

function Fruit({ first = "apple" }: { first?: string }) {
  const [value, setValue] = useState(first);
  return (
    <Select value={value} onValueChange={setValue}>
      <SelectTrigger aria-label="Fruit">
        <SelectValue placeholder="Choose" />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value="apple">Apple</SelectItem>
        <SelectItem value="banana">Banana</SelectItem>
        <SelectItem value="blueberry" disabled>
          Blueberry
        </SelectItem>
        <SelectItem value="cherry">Cherry</SelectItem>
      </SelectContent>
    </Select>
  );
}

const trigger = () => screen.getByRole("combobox", { name: "Fruit" });

it("shows the chosen item, or what stands for none", () => {
  const { unmount } = render(<Fruit />);
  expect(trigger().textContent).toBe("Apple");
  unmount();
  render(<Fruit first="" />);
  expect(trigger().textContent).toBe("Choose");
});

it("is used with the mouse", async () => {
  render(<Fruit />);
  await userEvent.click(trigger());
  expect(screen.getByRole("option", { selected: true }).textContent).toBe("Apple");
  await userEvent.click(screen.getByRole("option", { name: "Cherry" }));
  expect(trigger().textContent).toBe("Cherry");
  expect(screen.queryByRole("listbox")).toBeNull();
});

it("is used with the keyboard, past what is disabled", async () => {
  render(<Fruit />);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}{ArrowDown}{ArrowDown}{Enter}");
  expect(trigger().textContent).toBe("Cherry");
  await userEvent.keyboard("{ArrowDown}{Home}{Escape}");
  expect(trigger().textContent).toBe("Cherry");
});

it("finds an item by its first letters", async () => {
  render(<Fruit />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}ba{Enter}");
  expect(trigger().textContent).toBe("Banana");
});
