import { type FSWatcher, watch } from 'node:fs';

/** Milliseconds of silence after which a save counts as complete, and the most that it is waited for. */
const QUIET = 40;
const AT_MOST = 200;
/** Milliseconds between two looks when nothing was heard; without notifications of the system, that is the only way. */
const ANYWAY = 2000;
const BLIND = 500;

/**
 * Calls `look` when something may have changed in a folder. One watcher for each folder, because a recursive one misses
 * folders that are made while it starts; and a look from time to time, because some file systems send no notifications.
 */
export class Watch {
  private readonly watchers = new Map<string, { readonly watcher: FSWatcher; readonly of: bigint }>();
  private first = 0;
  private timer?: NodeJS.Timeout;
  private anyway?: NodeJS.Timeout;
  private blind = false;

  /**
   * @param look gets the time since when there may be something new, and returns the folders that there are now: path → inode,
   * because a folder may be replaced by another
   */
  constructor(private readonly look: (since: number) => ReadonlyMap<string, bigint>) {}

  start(): void {
    const since = this.timer === undefined ? Date.now() : this.first;
    clearTimeout(this.timer);
    clearTimeout(this.anyway);
    this.timer = undefined;
    const isNew = this.follow(this.look(since));
    // What was saved in a new folder before it was watched.
    if (isNew) this.heard();
    this.anyway = setTimeout(() => this.start(), this.blind ? BLIND : ANYWAY);
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.anyway);
    for (const { watcher } of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private heard(): void {
    const now = Date.now();
    if (this.timer === undefined) this.first = now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), Math.max(0, Math.min(QUIET, this.first + AT_MOST - now)));
  }

  /** @returns whether there are folders that were not watched before */
  private follow(folders: ReadonlyMap<string, bigint>): boolean {
    for (const [folder, { of }] of this.watchers) if (folders.get(folder) !== of) this.close(folder);
    const fresh = [...folders].filter(([folder]) => !this.watchers.has(folder));
    return fresh.filter(([folder, of]) => this.open(folder, of)).length > 0;
  }

  private open(folder: string, of: bigint): boolean {
    try {
      const watcher = watch(folder, () => this.heard());
      watcher.on('error', () => this.close(folder));
      this.watchers.set(folder, { watcher, of });
      return true;
    } catch (error) {
      // Too many watchers on this machine; a folder that is gone already is no reason to look more often.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.blind = true;
      return false;
    }
  }

  private close(folder: string): void {
    this.watchers.get(folder)?.watcher.close();
    this.watchers.delete(folder);
  }
}
