/** What the service refused, in its own words. */
export class RequestError extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new RequestError("The dashboard does not answer.", 0);
  }
  if (answer.status === 401) location.href = "/login";
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => null)) as { detail?: string; title?: string } | null;
    throw new RequestError(problem?.detail ?? problem?.title ?? `${path}: ${answer.status}`, answer.status);
  }
  return answer;
}

export async function get<T>(path: string): Promise<T> {
  return (await ask(path)).json() as Promise<T>;
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  const answer = await ask(path, {
    method: "POST",
    headers: { "X-NnGpt-Dashboard": "1", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status === 204 ? (undefined as T) : (answer.json() as Promise<T>);
}
