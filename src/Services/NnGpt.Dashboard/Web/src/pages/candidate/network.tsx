import { useMemo } from "preact/hooks";
import { num, type Candidate, type ComputationGraph, type GraphNode } from "../../live/types";
import { Empty } from "../../parts/basics";
import { Dag, type DagEdge, type DagNode } from "../../parts/dag";
import { count, short } from "../../parts/format";

const leaves = new Set(["parameter", "buffer", "constant"]);
const shape = (node: GraphNode) => node.outputShape.join("×") || "scalar";

/** The operators that data flows through; parameters and buffers belong to the operator that reads them. */
export function Network({ graph }: { graph: ComputationGraph }) {
  const [nodes, edges] = useMemo(() => {
    const kept = graph.nodes.filter((node) => !leaves.has(node.op));
    const nodes: DagNode[] = kept.map((node) => ({
      id: String(node.id),
      lines: [node.modulePath && node.op !== "input" ? `${node.op} · ${node.modulePath}` : node.op, `${shape(node)}${num(node.parameters) > 0 ? ` · ${short(num(node.parameters))} p` : ""}`],
      tone: node.id === graph.output || node.op === "input" ? "good" : "",
      title: [node.moduleClass, ...Object.entries(node.attributes).map(([name, value]) => `${name} ${value}`), num(node.macs) > 0 ? `${count(num(node.macs))} MACs` : ""].filter(Boolean).join("\n"),
    }));
    const edges: DagEdge[] = kept.flatMap((node) => node.inputs.map((input) => ({ from: String(input.node), to: String(node.id) })));
    return [nodes, edges] as const;
  }, [graph]);
  return <Dag nodes={nodes} edges={edges} label="Computation graph" direction="TB" />;
}

interface Layer { path: string; kind: string; operators: string; shape: string; parameters: number; macs: number }

/** Operators summed by module where the graph is known, else the tensors of the state_dict. */
export function Layers({ of, graph }: { of: Candidate; graph: ComputationGraph | null }) {
  const { validation } = of;
  if (!validation || (validation.stateDict.length === 0 && !graph)) return <Empty title="Nothing to list" />;
  if (!graph || graph.nodes.length === 0)
    return (
      <Table
        head={["Tensor", "Shape", "Type", "Numbers"]}
        rows={validation.stateDict.map((tensor) => [tensor.name, tensor.shape.join(" × "), tensor.dtype, count(tensor.shape.reduce((product, size) => product * num(size), 1))])}
        numbers={[3]}
      />
    );
  const layers: Layer[] = [];
  for (const node of graph.nodes) {
    if (leaves.has(node.op) || node.op === "input") continue;
    const last = layers.at(-1);
    if (last && last.path === node.modulePath && last.kind === node.moduleClass) {
      last.operators += `, ${node.op}`;
      last.shape = shape(node);
      last.parameters += num(node.parameters);
      last.macs += num(node.macs);
    } else layers.push({ path: node.modulePath, kind: node.moduleClass, operators: node.op, shape: shape(node), parameters: num(node.parameters), macs: num(node.macs) });
  }
  return (
    <Table
      head={["Module", "Class", "Operators", "Output", "Parameters", "MACs", "FLOPs"]}
      rows={layers.map((layer) => [layer.path || "(network)", layer.kind, layer.operators, layer.shape, layer.parameters ? count(layer.parameters) : "", layer.macs ? count(layer.macs) : "", layer.macs ? count(2 * layer.macs) : ""])}
      numbers={[4, 5, 6]}
    />
  );
}

function Table({ head, rows, numbers }: { head: string[]; rows: string[][]; numbers: number[] }) {
  const kind = (index: number) => (numbers.includes(index) ? "number" : undefined);
  return (
    <div class="scroll layers" tabIndex={0} role="group" aria-label="Table of layers">
      <table>
        <thead><tr>{head.map((name, index) => <th key={name} scope="col" class={kind(index)}>{name}</th>)}</tr></thead>
        <tbody>{rows.map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column} class={kind(column)}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
