import { queryOptions } from "@tanstack/react-query";
import { fetchBuild } from "@/lib/backend/client";

/** The running build does not change while it runs. */
export const buildQuery = queryOptions({
  queryKey: ["build"],
  queryFn: fetchBuild,
  staleTime: Number.POSITIVE_INFINITY,
});
