/** Statements travel in pages, so that a plan of 10,000 opens as quickly as one of ten. */
export const pageSize = 100;

/** The pages that a range of items touches, last item not included. */
export function pagesOf(from: number, to: number, total: number): number[] {
  const pages: number[] = [];
  const end = Math.min(to, total);
  for (let page = Math.floor(Math.max(from, 0) / pageSize); page * pageSize < end; page++) {
    pages.push(page);
  }
  return pages;
}

/**
 * Keeps the pages of one list that were fetched and fetches those that are looked at. Each page is asked for once; one
 * that failed is asked for again when it is looked at again.
 */
export class PageCache<Item> {
  private readonly pages = new Map<number, readonly Item[]>();
  private readonly underWay = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private changes = 0;
  private problem: unknown = null;

  constructor(
    readonly total: number,
    private readonly fetch: (from: number, count: number) => Promise<readonly Item[]>,
  ) {}

  /** The item, or undefined while its page is not there. */
  get(index: number): Item | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Makes sure that the items are there or on their way. */
  want(from: number, to: number): void {
    for (const page of pagesOf(from, to, this.total)) {
      if (!this.pages.has(page) && !this.underWay.has(page)) {
        void this.load(page);
      }
    }
  }

  /** Fetches one page; it never rejects. */
  async load(page: number): Promise<void> {
    this.underWay.add(page);
    try {
      this.pages.set(page, await this.fetch(page * pageSize, pageSize));
      this.problem = null;
    } catch (error) {
      this.problem = error;
    } finally {
      this.underWay.delete(page);
      this.changes++;
      for (const listener of this.listeners) {
        listener();
      }
    }
  }

  /** Why the last page could not be had; null when it could. */
  get failure(): unknown {
    return this.problem;
  }

  /** Changes whenever a page arrives or fails. */
  get version(): number {
    return this.changes;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
