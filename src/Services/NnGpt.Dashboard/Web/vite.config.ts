import { defineConfig } from "vite";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    outDir: "dist",
    // A font or picture inside a script would need data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // 'npm run dev' beside a dashboard started with --Dashboard:Port=18888; log in there first.
  server: { proxy: { "/api": { target: "http://127.0.0.1:18888", ws: true } } },
});
