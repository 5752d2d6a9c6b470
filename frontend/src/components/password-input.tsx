import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Input } from "@/components/ui/input";
import { Hint } from "@/components/ui/tooltip";

/** Typed unseen, with a button to look at what was typed. */
export function PasswordInput({
  value,
  onValueChange,
  ...props
}: {
  id?: string;
  value: string;
  onValueChange: (value: string) => void;
  autoFocus?: boolean;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const label = t(shown ? "password.hide" : "password.show");
  return (
    <div className="relative min-w-0 flex-1">
      <Input
        {...props}
        type={shown ? "text" : "password"}
        autoComplete="new-password"
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className="pr-9"
      />
      <Hint label={label}>
        <button
          type="button"
          aria-label={label}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 inline-flex w-8 items-center justify-center rounded-md text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
        >
          {shown ? <EyeOff aria-hidden className="size-3.5" /> : <Eye aria-hidden className="size-3.5" />}
        </button>
      </Hint>
    </div>
  );
}
