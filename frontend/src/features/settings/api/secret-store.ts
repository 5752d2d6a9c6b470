import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { secrets } from "@/lib/backend/client";

const secretStoreQuery = queryOptions({
  queryKey: ["secret-store"],
  queryFn: secrets.status,
  // Where secrets can be kept changes outside of the program too: ask whenever somebody looks.
  staleTime: 0,
});

export function useSecretStore() {
  return useQuery(secretStoreQuery);
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: secretStoreQuery.queryKey });
}

export function useChooseSecretStore() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ kind, masterPassword }: { kind: string; masterPassword: string }) =>
      secrets.choose(kind, masterPassword),
    onSuccess: refresh,
  });
}

export function useUnlock() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: secrets.unlock, onSuccess: refresh });
}

export function useChangeMasterPassword() {
  return useMutation({
    mutationFn: ({ old, replacement }: { old: string; replacement: string }) =>
      secrets.changePassword(old, replacement),
  });
}
