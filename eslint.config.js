import eslint from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The import direction of the rooms (see docs/architecture.md): a room may import only from the rooms named, beside itself
 * and packages. `contract` is open to everyone and `errors.ts` is part of it in spirit.
 */
const ROOMS = {
  contract: [],
  reading: [],
  archive: [],
  watching: ["reading"],
  lists: ["resolution"],
  extraction: [],
  resolution: [],
  store: [],
  workspace: [],
  corpus: [],
};
const ALL_ROOMS = [...Object.keys(ROOMS), "http", "commands"];

function roomRule(room, allowed) {
  const closed = ALL_ROOMS.filter((other) => other !== room && other !== "contract" && !allowed.includes(other));
  return {
    files: [`server/${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: [
                ...closed.map((other) => `**/${other}/**`),
                "**/compose.ts",
                "**/config.ts",
                "**/ingest.ts",
                "**/main.ts",
              ],
              message: `server/${room} knows contract${allowed.length > 0 ? `, ${allowed.join(", ")}` : ""} and errors.ts only.`,
            },
          ],
        },
      ],
    },
  };
}

/** `http`, `commands` and `ingest` see the ports (one file each), never an adapter behind them. */
const behindPorts = {
  group: [
    "**/extraction/**",
    "**/store/**",
    "**/workspace/**",
    "!**/extraction/extractor.ts",
    "!**/store/graph-store.ts",
    "!**/workspace/workspace.ts",
  ],
  message: "Only compose.ts names what stands behind a port.",
};

export default defineConfig(
  { ignores: ["dist/", "node_modules/", "data/model/", ".fil-rouge/", ".cache/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.config.ts"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-indexed-object-style": "off",
    },
  },
  ...Object.entries(ROOMS).map(([room, allowed]) => roomRule(room, allowed)),
  {
    files: [
      "server/http/**/*.ts",
      "server/commands/**/*.ts",
      "server/export/**/*.ts",
      "server/decisions/**/*.ts",
      "server/ingest.ts",
      "server/rebuild.ts",
    ],
    rules: { "no-restricted-imports": ["error", { patterns: [behindPorts] }] },
  },
  {
    files: ["server/**/*.ts"],
    ignores: ["server/config.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only config.ts reads the environment." },
      ],
    },
  },
  {
    files: ["client/src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ["client/src/graph/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["react", "react-dom", "**/view/**", "**/api.ts", "**/state.ts"],
              message: "client/src/graph is pure: no React, no fetching.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["client/src/view/**/*.{ts,tsx}"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Only api.ts fetches." }] },
  },
  {
    files: ["test/**/*.{ts,tsx}"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        Buffer: "readonly",
      },
    },
  },
);
