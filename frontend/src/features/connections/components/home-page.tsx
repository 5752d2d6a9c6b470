import { useConnections } from "@/features/connections/api/connections";
import { ConnectionPage } from "@/features/connections/components/connection-page";
import { StartPage } from "@/features/connections/components/start-page";
import { WelcomePage } from "@/features/connections/components/welcome-page";
import { useConnectionsState } from "@/features/connections/store";

/** Without connections what the program does; with some the one that is chosen, or how to go on. */
export function HomePage() {
  const { data, isPending } = useConnections();
  const { selectedId } = useConnectionsState();
  const selected = data?.find(({ id }) => id === selectedId);
  if (isPending) {
    return null; // The sidebar says that they are being read; that takes a moment only.
  }
  if (selected) {
    return <ConnectionPage key={selected.id} connection={selected} />;
  }
  return (data?.length ?? 0) > 0 ? <StartPage /> : <WelcomePage />;
}
