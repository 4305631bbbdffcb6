/** Lets a loop sleep until it is woken. A wake that comes while nobody sleeps is kept for the next wait. */
export class Wakeup {
  private woken = false;
  private resolve: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.resolve?.();
  }

  /** Resolves when woken, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.woken) await this.sleep(ms);
    this.woken = false;
  }

  /** Resolves after `ms` whoever wakes it, unless `ended` says so then. */
  async pause(ms: number, ended: () => boolean): Promise<void> {
    const until = Date.now() + ms;
    for (let left = ms; left > 0 && !ended(); left = until - Date.now()) await this.sleep(left);
    this.woken = false;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.resolve = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.resolve = done;
    });
  }
}
