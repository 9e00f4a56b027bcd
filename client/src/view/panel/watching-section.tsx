/** What `fil-rouge watch` looks at: each source with what was taken from it, its next look and its log. */
import type { Watching } from "../../../../server/contract/watching.ts";
import { timeWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";

/** Asked for when it is opened. */
export function WatchingSection() {
  const say = useText();
  const actions = useActions();
  const loaded = useApp((state) => state.watching);
  return (
    <details
      className="watching"
      onToggle={(event) => {
        if (event.currentTarget.open) void actions.showWatching();
      }}
    >
      <summary>{say("watching.title")}</summary>
      {loaded === null || loaded.state === "loading" ? (
        <p className="waiting">{say("loading")}</p>
      ) : loaded.state === "failed" ? (
        <p className="form-problem">{loaded.message}</p>
      ) : loaded.value.sources.length === 0 ? (
        <p className="quiet">{say("watching.none")}</p>
      ) : (
        loaded.value.sources.map((source) => <Source key={source.source} source={source} />)
      )}
    </details>
  );
}

function Source({ source }: { source: Watching["sources"][number] }) {
  const say = useText();
  const language = useApp((state) => state.language);
  const told = [
    say("articles", { n: source.taken }),
    source.active ? say("watching.active") : say("watching.idle"),
    source.failures > 0 ? say("watching.failures", { n: source.failures }) : null,
    source.pending > 0 ? say("watching.pending", { n: source.pending }) : null,
    source.active && source.nextAt !== null ? say("watching.next", { time: timeWords(source.nextAt, language) }) : null,
  ];
  return (
    <section>
      <h4>
        <bdi>{source.title ?? source.source}</bdi>
      </h4>
      <p className="quiet">
        {source.title === null ? null : (
          <>
            <bdi>{source.source}</bdi>
            <br />
          </>
        )}
        {told.filter((part) => part !== null).join(" · ")}
        {source.match.length > 0 && ` · ${say("watching.match", { words: source.match.join(" / ") })}`}
      </p>
      <ul>
        {source.log.map(({ at, kind, message, times }) => (
          <li key={`${at} ${message}`} className={kind === "failed" || kind === "given_up" ? "form-problem" : "quiet"}>
            <time dateTime={at}>{timeWords(at, language)}</time> {message}
            {times > 1 && ` (×${times.toLocaleString(language)})`}
          </li>
        ))}
      </ul>
    </section>
  );
}
