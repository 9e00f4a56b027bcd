import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    pool: "forks",
    // Real servers, browsers and models run in the tests, on small machines.
    maxWorkers: 2,
    expect: { poll: { timeout: 20_000 } },
  },
});
