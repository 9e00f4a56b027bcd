/** Who is named in the same sentence as an actor, with the sentences: near each other in the text, and nothing more is claimed. */
import type { Together } from "../../../../server/contract/graph.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";

type Companion = Together["together"][number];

export function TogetherSection({ id }: { id: string }) {
  const say = useText();
  const actions = useActions();
  const on = useApp((state) => state.togetherOn);
  const loaded = useApp((state) => state.together[id]);
  return (
    <section className="together">
      <label className="switch">
        <input type="checkbox" checked={on} onChange={() => actions.setTogether(!on)} />
        {say("together")}
      </label>
      {on && <p className="quiet">{say("together.help")}</p>}
      {on && (loaded === undefined || loaded.state === "loading") && <p className="waiting">{say("loading")}</p>}
      {on && loaded?.state === "failed" && (
        <p className="form-problem" role="alert">
          {loaded.message}{" "}
          <button className="link" onClick={() => void actions.loadTogether(id)}>
            {say("retry")}
          </button>
        </p>
      )}
      {on && loaded?.state === "ready" && (
        <ul>
          {loaded.value.together.length === 0 && <li className="quiet">{say("together.none")}</li>}
          {loaded.value.together.map((companion) => (
            <CompanionRow key={companion.node.id} companion={companion} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CompanionRow({ companion: { node, count, sentences } }: { companion: Companion }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  return (
    <li>
      <details>
        <summary>
          <NodeMark labels={node.labels} />
          <bdi>{node.name}</bdi>
          <span className="quiet">{say("together.sentences", { n: count })}</span>
        </summary>
        {sentences.map(({ document, start, end, text }) => (
          <button
            key={`${document.id} ${start}`}
            className="together-sentence"
            lang={document.language}
            onClick={() => void actions.openArticle(document.id, null, [start, end])}
          >
            {text}
            <span className="quiet" lang={language}>
              {[document.source, document.publishedAt === null ? null : dateWords(document.publishedAt, language)]
                .filter((part) => part !== null)
                .join(", ")}
            </span>
          </button>
        ))}
        <button className="link" onClick={() => void actions.openEntity(node.id)}>
          {say("together.open", { name: node.name })}
        </button>
      </details>
    </li>
  );
}
