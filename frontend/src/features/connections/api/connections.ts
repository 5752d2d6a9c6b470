import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { chooseSide, forgetConnection, navigate } from "@/app/navigation";
import { type Connection, type ConnectionDraft, connections, samples } from "@/lib/backend/client";
import { withSecrets } from "@/lib/prompts";

export const connectionsQuery = queryOptions({ queryKey: ["connections"], queryFn: connections.list });

export function useConnections() {
  return useQuery(connectionsQuery);
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: connectionsQuery.queryKey });
}

/** Saves a draft or resolves to its problems; asks where the password is to be kept when that is not known yet. */
export function useSaveConnection() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (draft: ConnectionDraft) => withSecrets(() => connections.save(draft)),
    onSuccess: refresh,
  });
}

export function useDuplicateConnection() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => withSecrets(() => connections.duplicate(id)),
    onSuccess: refresh,
  });
}

export function useDeleteConnection() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id }: Connection) => withSecrets(() => connections.delete(id)),
    onSuccess: (_, { id }) => {
      forgetConnection(id);
      return refresh();
    },
  });
}

/** Asks for a file and adds its connections; resolves to null when the person cancelled. */
export function useImportConnections() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (title: string) => {
      const result = await connections.import(title);
      return result.path === "" ? null : result;
    },
    onSuccess: refresh,
  });
}

/** Resolves to the path that was written, "" when the person cancelled. */
export function useExportConnections() {
  return useMutation({ mutationFn: (title: string) => connections.export(title) });
}

/** Removes the sample databases and the connections to them. */
export function useRemoveSamples() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (_: Connection[]) => withSecrets(() => samples.remove()),
    onSuccess: (_, gone) => {
      for (const { id } of gone) {
        forgetConnection(id);
      }
      return refresh();
    },
  });
}

/** Makes the sample databases with connections to them, and chooses them to be compared. */
export function useSamples() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ source, target }: { source: string; target: string }) => samples.create(source, target),
    onSuccess: async ({ sourceId, targetId }) => {
      await refresh();
      chooseSide("source", sourceId);
      chooseSide("target", targetId);
      navigate("compare");
    },
  });
}
