import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Comparison, comparisons, type Preset, settings } from "@/lib/backend/client";

const presetsQuery = queryOptions({ queryKey: ["presets"], queryFn: settings.presets });

export const lastChoiceQuery = queryOptions({
  queryKey: ["last-choice"],
  queryFn: settings.lastChoice,
  staleTime: Number.POSITIVE_INFINITY,
});

export function usePresets() {
  return useQuery(presetsQuery);
}

export function useSavePreset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (preset: Preset) => settings.savePreset(preset),
    onSuccess: () => client.invalidateQueries({ queryKey: presetsQuery.queryKey }),
  });
}

export function useDeletePreset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => settings.deletePreset(name),
    onSuccess: () => client.invalidateQueries({ queryKey: presetsQuery.queryKey }),
  });
}

/** How long a line must stay chosen before its detail is asked for: moving over many asks for none of them. */
const restMilliseconds = 90;

/**
 * Everything about one row. A call to Go cannot be taken back, so a row that is left again at once is not asked for at
 * all; what was asked for is kept for a minute.
 */
export function useDetail(comparisonId: string, row: number) {
  return useQuery({
    queryKey: ["detail", comparisonId, row],
    queryFn: async ({ signal }) => {
      await rest(signal);
      return comparisons.detail(comparisonId, row);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: (previous) => previous,
  });
}

/** The notes on a comparison, read only where there are some. */
export function useNotes(comparison: Comparison) {
  const { info, lossy, blocked } = comparison.noted;
  return useQuery({
    queryKey: ["notes", comparison.id],
    queryFn: () => comparisons.notes(comparison.id),
    enabled: info + lossy + blocked > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, restMilliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
