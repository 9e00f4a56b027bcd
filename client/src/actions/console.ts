/**
 * The Cypher console: the text and its answer.
 */
import { ApiError } from "../api.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";

export function createConsole({ store, api, report }: Context) {
  const { getState, setState } = store;

  async function runCypher(): Promise<void> {
    const { cypher } = getState();
    setState({ cypher: { ...cypher, answer: { state: "loading" }, fault: null } });
    try {
      const value = await api.cypher(cypher.text, {});
      setState((state) => ({ cypher: { ...state.cypher, answer: { state: "ready", value } } }));
    } catch (error) {
      const fault = error instanceof ApiError ? error.position : null;
      if (isUnreachable(error)) report(error);
      const answer = { state: "failed" as const, message: messageOf(error) };
      setState((state) => ({ cypher: { ...state.cypher, answer, fault } }));
    }
  }

  return {
    runCypher,
    setCypher: (text: string) => setState((state) => ({ cypher: { ...state.cypher, text, fault: null } })),
  };
}
