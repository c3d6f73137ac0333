import { useEffect, useRef, useState } from "preact/hooks";
import { connection } from "./connection";
import { get } from "./requests";

export interface Live<T> {
  /** Null until the first message. */
  data: T | null;
  error: string | null;
  /** Nothing more will come: the experiment has ended. */
  done: boolean;
}

/**
 * Follows something for as long as the component is there. `reduce` makes the state of the previous one and a message; when
 * it is not given, a message is the whole state. Messages that come close together are drawn once.
 */
export function useLive<T, M = T>(watch: string | null, of = "", reduce?: (state: T | null, message: M) => T, version = 0): Live<T> {
  const [state, setState] = useState<Live<T>>({ data: null, error: null, done: false });
  const reducer = useRef(reduce);
  reducer.current = reduce;
  useEffect(() => {
    let current: Live<T> = { data: null, error: null, done: false };
    let frame = 0;
    const show = () => {
      frame ||= setTimeout(() => {
        frame = 0;
        setState(current);
      }, 30) as unknown as number;
    };
    setState(current);
    if (watch === null) return;
    const stop = connection.follow(watch, of, {
      data(message) {
        current = { ...current, data: reducer.current ? reducer.current(current.data, message as M) : (message as T), done: false };
        show();
      },
      error(error) {
        if (current.error !== error) {
          current = { ...current, error };
          show();
        }
      },
      done() {
        current = { ...current, done: true, error: null };
        show();
      },
    });
    return () => {
      clearTimeout(frame);
      stop();
    };
  }, [watch, of, version]);
  return state;
}

interface Fetched<T> {
  /** Null until the first answer for this path. */
  data: T | null;
  error: string;
}

/** What is asked for once, and again when the path or the version is another; until then the answer for the version before is shown. */
export function useFetched<T>(path: string, version: unknown = 0): Fetched<T> {
  const [state, setState] = useState<Fetched<T> & { path: string }>({ path, data: null, error: "" });
  useEffect(() => {
    let gone = false;
    get<T>(path).then(
      (data) => !gone && setState({ path, data, error: "" }),
      (problem: Error) => !gone && setState((before) => ({ path, data: before.path === path ? before.data : null, error: problem.message })),
    );
    return () => {
      gone = true;
    };
  }, [path, version]);
  return state.path === path ? state : { data: null, error: "" };
}

export function useConnected(): boolean {
  const [up, setUp] = useState(connection.up);
  useEffect(() => connection.onState(setUp), []);
  return up;
}
