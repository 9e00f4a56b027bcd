/**
 * Whether the server is there: the first question to it, asking again while it is away, signing in, and a look from time to time
 * at what has changed.
 */
import { ApiError } from "../api.ts";
import { viewOf } from "../state.ts";
import { messageOf, type Context } from "./context.ts";
import type { Overview } from "./overview.ts";
import { overviewUnder } from "./questions.ts";
import type { Steps } from "./steps.ts";

const RETRY_MILLISECONDS = 3_000;

export function createConnection(
  { store, api, say, report }: Context,
  { amend }: Steps,
  { openOverview }: Pick<Overview, "openOverview">,
) {
  const { getState, setState } = store;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function retry(): void {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void connect(), RETRY_MILLISECONDS);
  }

  // Whichever action meets a server that is away says so in the state; asking again is done here alone.
  store.subscribe(({ connection }, before) => {
    if (connection === "lost" && before.connection !== "lost") retry();
  });

  async function connect(): Promise<void> {
    try {
      const health = await api.health();
      setState({ health });
      if (!health.store.reachable) {
        setState({
          connection: "lost",
          connectionMessage: say("connection.store", { message: health.store.message ?? "" }),
        });
        retry();
        return;
      }
      const first = viewOf(getState()).dataset.nodes.size === 0;
      setState({ connection: "ready", connectionMessage: null });
      if (first) await openOverview();
    } catch (error) {
      if (error instanceof ApiError && error.code === "unauthorized") {
        setState({ connection: "locked" });
      } else {
        const message = error instanceof ApiError && error.code !== "unreachable" ? error.message : null;
        setState({ connection: "lost", connectionMessage: message });
        retry();
      }
    }
  }

  /**
   * Looks at the server from time to time: it may go away, and articles come in without this page, such as the samples of a first
   * start. An overview that nobody has touched yet takes them in; any other view stays as it is.
   */
  async function watch(): Promise<void> {
    const { connection, health } = getState();
    if (connection !== "ready" || document.hidden) return;
    try {
      const now = await api.health();
      setState({ health: now });
      const changed = now.counts.documents !== health?.counts.documents;
      const { history, panels, ingestion } = getState();
      const view = viewOf(getState());
      const untouched = history.past.length === 0 && panels.length === 0 && ingestion.state === "closed";
      const empty = view.dataset.nodes.size === 0 && now.counts.entities > 0;
      const isOverview = view.overview !== null || empty;
      if (!untouched || !isOverview || !(changed || empty)) return;
      const overview = await overviewUnder(getState().filter, api);
      const grown = overview.dataset.nodes.size > view.dataset.nodes.size * 1.3;
      amend(overview);
      const { layout } = getState();
      if (grown) setState({ layout: { ...layout, kind: "force", turn: layout.turn + 1, only: "all" } });
    } catch (error) {
      report(error);
    }
  }

  async function signIn(password: string): Promise<void> {
    try {
      await api.signIn(password);
      setState({ connection: "starting", connectionMessage: null });
      await connect();
    } catch (error) {
      setState({ connectionMessage: messageOf(error) });
    }
  }

  return { connect, watch, signIn };
}
