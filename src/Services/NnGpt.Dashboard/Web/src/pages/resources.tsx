import { useMemo, useState } from "preact/hooks";
import { useResources, type Resource } from "../live/resources";
import { post } from "../live/requests";
import { Action, Card, Empty, Page, Problem, State, Waiting } from "../parts/basics";
import { Dag } from "../parts/dag";
import { clock, date } from "../parts/format";
import { navigate, useParameter } from "../parts/router";

export function ResourcesPage() {
  const { data: resources, error } = useResources();
  const [chosen, choose] = useParameter("resource");
  const shown = resources?.find((resource) => resource.name === chosen);
  return (
    <Page title="Resources" lead="The processes of the system, as the AppHost runs them.">
      {error && <Problem>{error}</Problem>}
      {!resources && !error && <Waiting height={400} />}
      {resources && (
        <div class="stack">
          <Card label="Resources">
            {resources.length === 0 ? <Empty title="The AppHost runs nothing" /> : <Table of={resources} chosen={chosen} choose={choose} />}
          </Card>
          {shown && <Details of={shown} close={() => choose("")} />}
          <Card title="Who uses whom">
            <Graph of={resources} choose={choose} />
          </Card>
        </div>
      )}
    </Page>
  );
}

function Table({ of, chosen, choose }: { of: Resource[]; chosen: string; choose: (name: string) => void }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table of resources">
      <table>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">State</th>
            <th scope="col">Health</th>
            <th scope="col" class="number">Process</th>
            <th scope="col" class="number">Restarts</th>
            <th scope="col">Started</th>
            <th scope="col">Endpoints</th>
            <th scope="col">Commands</th>
          </tr>
        </thead>
        <tbody>
          {of.map((resource) => (
            <tr key={resource.name} data-resource={resource.name}>
              <td title={resource.resourceType}>
                <button type="button" class="link" aria-expanded={chosen === resource.name} onClick={() => choose(chosen === resource.name ? "" : resource.name)}>
                  {resource.name}
                </button>
              </td>
              <td><State of={resource.state} /></td>
              <td data-cell="health">
                <State of={resource.health} />
                {resource.detail && <div class="note">{resource.detail}</div>}
              </td>
              <td class="number" data-cell="process">{resource.pid || ""}</td>
              <td class="number">{resource.restarts || ""}</td>
              <td class="nowrap" title={date(resource.startedAt)}>{resource.startedAt && clock(Date.parse(resource.startedAt)).slice(0, 8)}</td>
              <td class="mono nowrap">{resource.urls.map((url) => <span key={url.endpointName} class="endpoint" title={url.fullUrl.replace(/\?.*/, "")}>{url.endpointName} :{port(url.fullUrl)}</span>)}</td>
              <td>
                <div class="row-actions">
                  {resource.commands.filter((command) => command.enabled).map((command) => (
                    <Action key={command.name} act={() => post(`/api/resources/${encodeURIComponent(resource.name)}/${command.name}`)} aria-label={`${command.displayName} ${resource.name}`}>
                      {command.displayName}
                    </Action>
                  ))}
                  <a class="button" href={`/console/${encodeURIComponent(resource.name)}`} aria-label={`Console of ${resource.name}`}>Console</a>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 5672 of amqp://127.0.0.1:5672; everything listens on the loopback, and the whole address is in the title. */
const port = (address: string) => /:(\d+)(?=\/|\?|$)/.exec(address)?.[1] ?? address;

function Details({ of, close }: { of: Resource; close: () => void }) {
  const [search, setSearch] = useState("");
  const variables = of.environment.filter((variable) => variable.name.toLowerCase().includes(search.toLowerCase()));
  return (
    <Card title={`${of.name}: endpoints and environment`} tools={<button type="button" onClick={close}>Close</button>} note="What the AppHost set. Values that may be secrets never leave it.">
      <div class="toolbar">
        <input type="search" aria-label="Search variables" placeholder="Search variables" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <span class="soft">{variables.length} of {of.environment.length}</span>
      </div>
      <dl class="attributes">
        {of.urls.map((url) => (
          <>
            <dt>endpoint {url.endpointName}</dt>
            <dd>{url.fullUrl.replace(/\?.*/, "")}</dd>
          </>
        ))}
        {variables.map((variable) => (
          <>
            <dt>{variable.name}</dt>
            <dd>{variable.isSecret ? <span class="soft">•••••••• (secret)</span> : variable.value}</dd>
          </>
        ))}
      </dl>
    </Card>
  );
}

function Graph({ of, choose }: { of: Resource[]; choose: (name: string) => void }) {
  // Health changes colours only: the layout is made again when a resource comes or goes.
  const [nodes, edges] = useMemo(() => {
    const groups = new Map<string, Resource[]>();
    for (const resource of of) groups.set(resource.displayName, [...(groups.get(resource.displayName) ?? []), resource]);
    const nodes = [...groups].map(([name, replicas]) => ({
      id: name,
      lines: [replicas.length > 1 ? `${name} × ${replicas.length}` : name, replicas.map((replica) => (replica.health === "unknown" ? replica.state : replica.health)).filter((word, index, all) => all.indexOf(word) === index).join(", ")],
      tone: replicas.every((replica) => replica.health === "healthy") ? "good" : replicas.some((replica) => replica.health === "unhealthy" || replica.state === "failed") ? "bad" : "",
      open: () => (replicas.length === 1 ? choose(replicas[0]!.name) : navigate(`/console/${replicas[0]!.name}`)),
    }));
    const edges = [...groups].flatMap(([name, replicas]) => [...new Set(replicas[0]!.relationships.map((relation) => relation.resourceName))].map((other) => ({ from: name, to: other })));
    return [nodes, edges] as const;
  }, [JSON.stringify(of.map((resource) => [resource.name, resource.state, resource.health]))]);
  return <Dag nodes={nodes} edges={edges} label="Resources and what they use" direction="LR" />;
}
