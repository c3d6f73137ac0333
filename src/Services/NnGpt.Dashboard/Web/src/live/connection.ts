/** What a page hears of something it follows. */
export interface Follower {
  data(message: unknown): void;
  /** The source cannot be reached, or there is nothing of that name; null when data comes again. */
  error(message: string | null): void;
  /** Nothing more will come. */
  done(): void;
}

interface Subscription extends Follower {
  watch: string;
  of: string;
}

const firstPause = 500;
const longestPause = 8000;

/** One WebSocket for everything a page follows; opened again when it is lost, with all that was followed. */
class Connection {
  private socket: WebSocket | null = null;
  private subscriptions = new Map<number, Subscription>();
  private next = 1;
  private pause = firstPause;
  private stateListeners = new Set<(up: boolean) => void>();
  up = false;

  follow(watch: string, of: string, follower: Follower): () => void {
    const id = this.next++;
    this.subscriptions.set(id, { watch, of, ...follower });
    if (this.socket === null) this.open();
    else this.send({ id, watch, of });
    return () => {
      this.subscriptions.delete(id);
      this.send({ id, watch: null });
    };
  }

  onState(listener: (up: boolean) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  private open() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`);
    this.socket = socket;
    socket.onopen = () => {
      this.pause = firstPause;
      this.setUp(true);
      for (const [id, { watch, of }] of this.subscriptions) this.send({ id, watch, of });
    };
    socket.onmessage = (event) => this.receive(JSON.parse(event.data as string));
    socket.onclose = () => {
      this.setUp(false);
      setTimeout(() => void this.reopen(), this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    };
  }

  // A dashboard started anew may have another token: then the login page is what helps.
  private async reopen() {
    const answer = await fetch("/api/session").catch(() => null);
    if (answer?.status === 401) location.href = "/login";
    else this.open();
  }

  private send(message: object) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private receive(message: { id: number; data?: unknown; error?: string; done?: boolean }) {
    const subscription = this.subscriptions.get(message.id);
    if (!subscription) return;
    if (message.error !== undefined) subscription.error(message.error);
    else if (message.done) subscription.done();
    else {
      subscription.error(null);
      subscription.data(message.data);
    }
  }

  private setUp(up: boolean) {
    this.up = up;
    for (const listener of this.stateListeners) listener(up);
  }
}

export const connection = new Connection();
