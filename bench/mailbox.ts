import type { ServiceProcess } from '@connections/testing';

/** What a process sends over its channel, one message after the other. */
export class Mailbox {
  private readonly unread: unknown[] = [];
  private readonly waiting: { resolve(message: unknown): void; reject(error: Error): void }[] = [];

  constructor(process: ServiceProcess) {
    process.onMessage((message) => {
      const reader = this.waiting.shift();
      if (reader) reader.resolve(message);
      else this.unread.push(message);
    });
    void process.exited.then(() => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`it ended:\n${process.output()}`));
    });
  }

  next<Message>(): Promise<Message> {
    if (this.unread.length > 0) return Promise.resolve(this.unread.shift() as Message);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve: (message) => resolve(message as Message), reject });
    });
  }
}
