import { looks, XYFigure } from "../figures/xy";
import { useLive } from "../live/hooks";
import { Card, Page, Problem, State, Waiting } from "../parts/basics";
import { clock, count } from "../parts/format";
import { DeadLetters } from "./queues/dead-letters";

interface Queue { name: string; ready: number; consumers: number; isDeadLetters: boolean }
interface Moment { at: string; queues: Queue[] }

const kept = 300;
const feeds: Record<string, string> = { generator: "generate", validator: "candidate.generated", trainer: "candidate.validated, rescore", novelty: "candidate.trained", finetuner: "finetune", coordinator: "candidate.*, adapter.*", "dead-letters": "what died, on its way to the Coordinator" };

export function QueuesPage() {
  const { data: history, error } = useLive<Moment[], Moment>("queues", "", (state, moment) => [...(state ?? []), moment].slice(-kept));
  const now = history?.at(-1);
  const names = now?.queues.map((queue) => queue.name) ?? [];
  return (
    <Page title="Queues" lead="What waits in RabbitMQ for a service to take it.">
      {error && <Problem>{error}</Problem>}
      {!now ? (
        !error && <Waiting height={400} />
      ) : (
        <div class="stack">
          <Card title="Now">
            <div class="scroll" tabIndex={0} role="group" aria-label="Table of queues">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Queue</th>
                    <th scope="col" class="roomy">Holds</th>
                    <th scope="col" class="number">Waiting</th>
                    <th scope="col" class="number">Consumers</th>
                    <th scope="col">State</th>
                  </tr>
                </thead>
                <tbody>
                  {now.queues.map((queue) => (
                    <tr key={queue.name}>
                      <td>{queue.name}</td>
                      <td class="mono roomy">{feeds[queue.name] ?? ""}</td>
                      <td class="number">{count(queue.ready)}</td>
                      <td class="number">{count(queue.consumers)}</td>
                      <td>{queue.consumers === 0 ? <State of="unhealthy" title="Nobody takes from it" /> : queue.isDeadLetters && queue.ready > 0 ? <State of="unhealthy" title="Dead letters wait for the Coordinator to keep them" /> : <State of="healthy" />}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
          <Card title="Waiting messages" note="Since this page was opened. Messages that a service works on are not counted.">
            <XYFigure
              label="Messages waiting in each queue over time"
              series={names.map((name, index) => ({ name, ...looks[index % looks.length]!, points: (history ?? []).map((moment) => ({ x: Date.parse(moment.at), y: moment.queues.find((queue) => queue.name === name)?.ready ?? 0 })) }))}
              height={320}
              xLabel="Time"
              yLabel="Messages"
              xTime
              xFormat={(at) => clock(at).slice(0, 8)}
              yFrom={0}
              yWhole
            />
          </Card>
        </div>
      )}
      <div class="below"><DeadLetters /></div>
    </Page>
  );
}
