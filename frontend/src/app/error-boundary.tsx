import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";

type Props = { children: ReactNode };
type State = { error: unknown };

/** Shows what went wrong instead of an empty window when rendering fails. */
export class ErrorBoundary extends Component<Props, State> {
  state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  render() {
    return this.state.error === null ? this.props.children : <Failure error={this.state.error} />;
  }
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="mx-auto flex h-full max-w-xl flex-col items-start justify-center gap-4 p-8">
      <h1 className="font-semibold text-lg">{t("failure.title")}</h1>
      <p className="select-text break-words font-mono text-muted-foreground text-xs">{String(error)}</p>
      <Button onClick={() => window.location.reload()}>{t("failure.reload")}</Button>
    </div>
  );
}
