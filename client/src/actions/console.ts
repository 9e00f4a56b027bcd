/**
 * The Cypher console: the text with its parameters, its answer, the gallery and the saved queries.
 */
import type { CypherValue } from "../../../server/contract/cypher.ts";
import type { SavedQuery } from "../../../server/contract/api.ts";
import { ApiError } from "../api.ts";
import { parametersIn, parameterValue } from "../graph/cypher-completion.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";

const NAMES_PROPOSED = 8;

export function createConsole({ store, api, say, notify, report }: Context) {
  const { getState, setState } = store;

  async function runCypher(): Promise<void> {
    const { cypher } = getState();
    if (cypher.text.trim() === "" || cypher.answer?.state === "loading") return;
    setState({ cypher: { ...cypher, answer: { state: "loading" }, fault: null } });
    try {
      const value = await api.cypher(cypher.text, valuesOf());
      setState((state) => ({ cypher: { ...state.cypher, answer: { state: "ready", value } } }));
    } catch (error) {
      if (isUnreachable(error)) report(error);
      const message = messageOf(error);
      const position = error instanceof ApiError ? error.position : null;
      // What was typed meanwhile has other places.
      const isSame = getState().cypher.text === cypher.text;
      const fault = position === null || !isSame ? null : { ...position, message };
      setState((state) => ({ cypher: { ...state.cypher, answer: { state: "failed", message }, fault } }));
    }
  }

  /** What the gallery knows to be a name or a date is text, whatever it looks like. */
  function valuesOf(): Record<string, CypherValue> {
    const { text, params } = getState().cypher;
    const texts = new Set(kindsOf().keys());
    return Object.fromEntries(
      parametersIn(text).map((name) => {
        const value = params[name] ?? "";
        return [name, texts.has(name) ? value : parameterValue(value)];
      }),
    );
  }

  function kindsOf(): Map<string, string> {
    const { cypher, queries } = getState();
    if (queries?.state !== "ready" || cypher.origin?.kind !== "gallery") return new Map();
    const { id } = cypher.origin;
    const query = queries.value.gallery.find((one) => one.id === id);
    return new Map(query?.params.map(({ name, kind }) => [name, kind]));
  }

  /** Gallery and saved queries; asked again whenever one was saved or deleted. */
  async function loadQueries(): Promise<void> {
    if (getState().queries?.state !== "ready") setState({ queries: { state: "loading" } });
    try {
      const [{ queries: gallery }, saved] = await Promise.all([api.gallery(), api.savedQueries()]);
      setState({ queries: { state: "ready", value: { gallery, saved } } });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      setState({ queries: { state: "failed", message: messageOf(error) } });
    }
  }

  async function openGalleryQuery(id: string): Promise<void> {
    const { queries } = getState();
    if (queries?.state !== "ready") return;
    const query = queries.value.gallery.find((one) => one.id === id);
    if (query === undefined) return;
    const params = Object.fromEntries(query.params.map((parameter) => [parameter.name, parameter.default]));
    setState({ cypher: { text: query.query, params, origin: { kind: "gallery", id }, answer: null, fault: null } });
    await runCypher();
  }

  function openSavedQuery(id: string): void {
    const { queries, cypher } = getState();
    const query = queries?.state === "ready" ? queries.value.saved.find((one) => one.id === id) : undefined;
    if (query === undefined) return;
    const { params } = cypher;
    setState({ cypher: { text: query.cypher, params, origin: { kind: "saved", id }, answer: null, fault: null } });
  }

  async function saveQuery(name: string): Promise<void> {
    const { text } = getState().cypher;
    await keep(() => api.saveQuery({ name: name.trim(), cypher: text, description: "" }));
  }

  async function saveQueryChanges(query: SavedQuery): Promise<void> {
    const { text } = getState().cypher;
    const { name, description } = query;
    await keep(() => api.changeQuery(query.id, { name, description, cypher: text }));
  }

  async function keep(work: () => Promise<SavedQuery>): Promise<void> {
    try {
      const { id, name } = await work();
      notify(say("query.saved", { name }), "information");
      setState((state) => ({ cypher: { ...state.cypher, origin: { kind: "saved", id } } }));
      await loadQueries();
    } catch (error) {
      report(error);
    }
  }

  async function deleteQuery(id: string): Promise<void> {
    try {
      await api.deleteQuery(id);
      const { cypher } = getState();
      if (cypher.origin?.id === id) setState({ cypher: { ...cypher, origin: null } });
      await loadQueries();
    } catch (error) {
      report(error);
    }
  }

  /** Names of the graph that begin like this, for a parameter that takes one. */
  async function proposeNames(begun: string): Promise<string[]> {
    try {
      const { entities } = await api.searchEntities(begun.trim(), NAMES_PROPOSED);
      return entities.map(({ name }) => name);
    } catch (error) {
      report(error);
      return [];
    }
  }

  return {
    runCypher,
    setCypher: (text: string) => {
      const { cypher } = getState();
      if (cypher.text !== text) setState({ cypher: { ...cypher, text, fault: null } });
    },
    setParameter: (name: string, value: string) =>
      setState((state) => ({ cypher: { ...state.cypher, params: { ...state.cypher.params, [name]: value } } })),
    loadQueries,
    openGalleryQuery,
    openSavedQuery,
    saveQuery,
    saveQueryChanges,
    deleteQuery,
    proposeNames,
  };
}
