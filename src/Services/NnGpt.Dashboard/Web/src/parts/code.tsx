import Prism from "prismjs";
import "prismjs/components/prism-python";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";

Prism.manual = true;

/** Python with its tokens coloured, and an error at its line. Text alone: nothing of it becomes markup. */
export function Code({ source, line = 0, error }: { source: string; line?: number; error?: string | undefined }) {
  const lines = useMemo(() => split(Prism.tokenize(source, Prism.languages["python"]!)), [source]);
  return (
    <div class="code" tabIndex={0} role="group" aria-label="Source">
      <ol>
        {lines.map((parts, index) => (
          <li key={index} data-line={index + 1} class={index + 1 === line ? "wrong" : undefined} aria-current={index + 1 === line ? "true" : undefined}>
            <code>
              {parts.length > 0 ? parts : " "}
              {index + 1 === line && error && <span class="code-problem">▲ {error}</span>}
            </code>
          </li>
        ))}
      </ol>
    </div>
  );
}

// Tokens may go over several lines; a line is what the table has.
function split(tokens: (string | Prism.Token)[]): ComponentChildren[][] {
  const lines: ComponentChildren[][] = [[]];
  const add = (text: string, kind: string) =>
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part) lines.at(-1)!.push(kind ? <span class={`token ${kind}`}>{part}</span> : part);
    });
  const walk = (token: string | Prism.Token, kind: string) => {
    if (typeof token === "string") add(token, kind);
    else if (typeof token.content === "string") add(token.content, token.type);
    else if (Array.isArray(token.content)) for (const inner of token.content) walk(inner, token.type);
    else walk(token.content, token.type);
  };
  for (const token of tokens) walk(token, "");
  return lines;
}
