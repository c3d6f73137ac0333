import { graphlib, layout } from "@dagrejs/dagre";
import { useMemo } from "preact/hooks";

export interface DagNode { id: string; lines: string[]; tone?: string; title?: string; open?: () => void }
export interface DagEdge { from: string; to: string }

const lineHeight = 15;

/** What opens something is a button, for the keyboard too. */
const opens = ({ open }: DagNode) =>
  open && {
    role: "button" as const,
    tabIndex: 0,
    cursor: "pointer",
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    },
  };

/** A directed graph, drawn in layers. */
export function Dag({ nodes, edges, label, direction = "TB" }: { nodes: DagNode[]; edges: DagEdge[]; label: string; direction?: "TB" | "LR" }) {
  const drawn = useMemo(() => {
    const graph = new graphlib.Graph();
    graph.setGraph({ rankdir: direction, nodesep: 18, ranksep: direction === "TB" ? 22 : 46, marginx: 8, marginy: 8 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const node of nodes)
      graph.setNode(node.id, { width: Math.max(60, ...node.lines.map((line) => line.length * 6.7 + 20)), height: node.lines.length * lineHeight + 12 });
    const known = new Set(nodes.map((node) => node.id));
    for (const edge of edges) if (known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to) graph.setEdge(edge.from, edge.to);
    layout(graph);
    return graph;
  }, [nodes, edges, direction]);
  const { width = 0, height = 0 } = drawn.graph() as { width?: number; height?: number };
  return (
    <div class="graph" tabIndex={0} role="group" aria-label={label}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role={nodes.some((node) => node.open) ? "group" : "img"} aria-label={`${label}: ${nodes.length} nodes, ${edges.length} connections`}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" fill="var(--strong-line)" stroke="none" />
          </marker>
        </defs>
        {drawn.edges().map((edge) => {
          const { points } = drawn.edge(edge) as { points: { x: number; y: number }[] };
          return <path key={`${edge.v} ${edge.w}`} d={`M${points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join("L")}`} marker-end="url(#arrow)" />;
        })}
        {nodes.map((node) => {
          const at = drawn.node(node.id) as { x: number; y: number; width: number; height: number };
          return (
            <g key={node.id} class={`node ${node.tone ?? ""}`} transform={`translate(${at.x - at.width / 2} ${at.y - at.height / 2})`} {...opens(node)}>
              {node.title && <title>{node.title}</title>}
              <rect width={at.width} height={at.height} rx="6" />
              {node.lines.map((line, index) => (
                <text key={index} class={index > 0 ? "small" : undefined} x={at.width / 2} y={index * lineHeight + 17} text-anchor="middle">
                  {`${line} `}
                </text>
              ))}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
