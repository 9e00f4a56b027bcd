/**
 * Builds the page into dist/client. In development it serves the page with reload and hands `/api` to the API on `API_PORT`.
 */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const apiPort = process.env.API_PORT ?? process.env.PORT ?? "3000";

export default defineConfig({
  root: "client",
  plugins: [react()],
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2023",
    // The Content-Security-Policy allows no inline scripts or data fonts.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: `http://127.0.0.1:${apiPort}`, changeOrigin: true } },
  },
});
