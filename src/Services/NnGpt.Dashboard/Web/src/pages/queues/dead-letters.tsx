import { useState } from "preact/hooks";
import { useFetched, useLive } from "../../live/hooks";
import { post } from "../../live/requests";
import { num, type Int64 } from "../../live/types";
import { Action, Card, Empty, Problem, Waiting } from "../../parts/basics";
import { bytes, count, date, moment, words } from "../../parts/format";

interface Letter {
  id: Int64;
  received: string;
  deaths: number;
  queue: string;
  reason: string;
  routingKey: string;
  messageId: string;
  type: string;
  bytes: Int64;
  candidate: string;
  candidates: number;
  returnable: boolean;
}
interface Letters { letters: Letter[]; count: number }
interface Body { format: "json" | "bytes" | "none"; text: string; cut: boolean }

const reasons: Record<string, string> = {
  delivery_limit: "every delivery failed",
  rejected: "refused: nobody could read it",
  expired: "waited too long",
  maxlen: "the queue was full",
};

export function DeadLetters() {
  const { data, error } = useLive<Letters>("dead-letters");
  const [open, setOpen] = useState("");
  return (
    <Card
      title={data ? `Dead letters (${count(data.count)})` : "Dead letters"}
      note="Messages that their queue gave up; the Coordinator keeps the last 1,000. A candidate that its message was lost with has the outcome DEAD_LETTER. While its cycle is open the message can be put back, and the candidate waits for its answer again."
    >
      {error && <Problem>{error}</Problem>}
      {!data && !error && <Waiting height={90} />}
      {data?.letters.length === 0 && <Empty title="No message has died" />}
      {data && data.letters.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Table of dead letters">
          <table>
            <thead>
              <tr>
                <th scope="col">Message</th>
                <th scope="col">Queue</th>
                <th scope="col">Why</th>
                <th scope="col">About</th>
                <th scope="col" class="number roomy">Size</th>
                <th scope="col">Received</th>
                <th scope="col">Commands</th>
              </tr>
            </thead>
            <tbody>
              {data.letters.map((letter) => (
                <Row key={letter.id} of={letter} open={open === letter.id} toggle={() => setOpen(open === letter.id ? "" : letter.id)} />
              ))}
            </tbody>
          </table>
          {data.count > data.letters.length && <p class="note">The newest {count(data.letters.length)} are shown.</p>}
        </div>
      )}
    </Card>
  );
}

function Row({ of, open, toggle }: { of: Letter; open: boolean; toggle: () => void }) {
  const [sure, setSure] = useState(false);
  const name = of.type.replace("nngpt.v1.", "") || "without a type";
  const path = `/api/dead-letters/${of.id}`;
  return (
    <>
      <tr data-letter={of.id}>
        <td class="letter-name">
          <button type="button" class="link" aria-expanded={open} onClick={toggle}>{name}</button>
        </td>
        <td>{of.queue}</td>
        <td>{reasons[of.reason] ?? words(of.reason)}{of.deaths > 1 && <span class="soft"> ({count(of.deaths)} times)</span>}</td>
        <td>{of.candidate === "" ? <span class="soft">no candidate</span> : <><a href={`/candidates/${encodeURIComponent(of.candidate)}`}>{of.candidate}</a>{of.candidates > 1 && ` and ${count(of.candidates - 1)} more`}</>}</td>
        <td class="number roomy">{bytes(num(of.bytes))}</td>
        <td class="nowrap">{date(of.received)}</td>
        <td>
          <div class="row-actions">
            {of.returnable && <Action act={() => post(`${path}/return`)} aria-label={`Put back ${name}`}>Put back</Action>}
            {sure ? (
              <>
                <Action act={() => post(`${path}/discard`)} aria-label={`Discard ${name} for good`}>For good</Action>
                <button type="button" onClick={() => setSure(false)}>Keep</button>
              </>
            ) : (
              <button type="button" aria-label={`Discard ${name}`} onClick={() => setSure(true)}>Discard…</button>
            )}
          </div>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}><Content of={of} path={path} /></td>
        </tr>
      )}
    </>
  );
}

function Content({ of, path }: { of: Letter; path: string }) {
  const { data: body, error } = useFetched<Body>(path);
  return (
    <>
      <dl class="attributes">
        <dt>type</dt><dd>{of.type || "–"}</dd>
        <dt>message id</dt><dd>{of.messageId || "–"}</dd>
        <dt>routing key</dt><dd>{of.routingKey}</dd>
        <dt>reason</dt><dd>{of.reason}</dd>
        <dt>received</dt><dd>{moment(Date.parse(of.received))}</dd>
      </dl>
      {error && <Problem>{error}</Problem>}
      {!body && !error && <Waiting height={120} />}
      {body && (
        <>
          <pre class="prompt letter-body" tabIndex={0} aria-label="Body of the message">{body.format === "none" ? "It was longer than 16 MiB and has not been kept." : body.text || "empty"}</pre>
          {body.format === "bytes" && <p class="note">Not a message of the pipeline as its type says, so these are its bytes.</p>}
          {body.cut && <p class="note">The beginning; there is more of it.</p>}
        </>
      )}
    </>
  );
}
