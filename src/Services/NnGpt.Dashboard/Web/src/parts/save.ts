/** Hands a text to the browser as a file. */
export function save(name: string, type: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula is quoted with an apostrophe. */
export function csvLine(cells: unknown[]): string {
  return cells
    .map((cell) => {
      const text = cell === undefined || cell === null ? "" : String(cell);
      const safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(",");
}
