import {
  ArrowDownAZ,
  Ban,
  Braces,
  CalendarClock,
  ChartNoAxesColumn,
  CircleCheck,
  Columns3,
  Database,
  Eye,
  Fingerprint,
  Folder,
  GitBranch,
  Hash,
  KeyRound,
  Layers,
  Link2,
  List,
  ListTree,
  type LucideIcon,
  MoveHorizontal,
  Puzzle,
  Shapes,
  Shield,
  SquareFunction,
  Table2,
  Zap,
} from "lucide-react";
import { cn } from "@/lib/utils";

const icons: Record<string, LucideIcon> = {
  schema: Folder,
  extension: Puzzle,
  collation: ArrowDownAZ,
  enum: List,
  domain: Shapes,
  composite: Braces,
  range: MoveHorizontal,
  sequence: Hash,
  table: Table2,
  virtual_table: Table2,
  column: Columns3,
  primary_key: KeyRound,
  unique: Fingerprint,
  check: CircleCheck,
  exclusion: Ban,
  index: ListTree,
  foreign_key: Link2,
  statistics: ChartNoAxesColumn,
  routine: SquareFunction,
  view: Eye,
  materialized_view: Layers,
  trigger: Zap,
  rule: GitBranch,
  policy: Shield,
  event: CalendarClock,
};

/** Stands beside the kind's word, never for it. */
export function KindIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = icons[kind] ?? Database;
  return <Icon aria-hidden className={cn("size-3.5 shrink-0 text-muted-foreground", className)} />;
}
