/**
 * The shortest paths between two actors.
 */
import type { Context } from "./context.ts";
import type { Panels } from "./panels.ts";

const LONGEST_PATH = 6;

export function createPaths({ store, api, report }: Context, { openPanel }: Panels) {
  const { getState, setState } = store;

  async function findPaths(from: string, to: string): Promise<void> {
    openPanel({ kind: "paths", from, to });
    setState({ paths: { state: "loading" } });
    try {
      const paths = await api.paths(from, to, LONGEST_PATH, getState().filter);
      setState({ paths: { state: "ready", value: paths } });
    } catch (error) {
      setState({ paths: { state: "failed", message: report(error) } });
    }
  }

  return {
    findPaths,
    startPath: (from: string) => {
      setState({ paths: null });
      openPanel({ kind: "paths", from, to: null });
    },
  };
}

export type Paths = ReturnType<typeof createPaths>;
