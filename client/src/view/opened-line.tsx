/** Which saved view is open, whether it was changed, and what the articles say beyond it. */
import type { ViewChanges } from "../../../server/contract/view.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";
import { openedOf } from "../state.ts";
import { dateWords } from "../text.ts";

export function OpenedLine() {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const opened = useApp(openedOf);
  const changed = useApp(() => actions.isViewChanged());
  const waiting = useApp((state) => state.pendingView !== null && state.connection === "lost");
  if (opened === null) return waiting ? <Waiting /> : null;
  const { view, words, changes } = opened;
  return (
    <div className="opened">
      <button className="opened-name" onClick={() => void actions.openViews()} title={say("views.title")}>
        <Icon name="bookmark" />
        <bdi>{words.name.trim() === "" ? view.name : words.name}</bdi>
      </button>
      <span className="quiet">{say("views.as.of", { date: dateWords(view.frozen.at, language) })}</span>
      {changes !== null && newerOf(changes) > 0 && (
        <span className="opened-newer">
          {say("views.newer", { n: newerOf(changes) })}{" "}
          <button className="link" onClick={() => void actions.refreshOpened()}>
            {say("views.refresh")}
          </button>
        </span>
      )}
      {waiting ? (
        <Waiting />
      ) : (
        changed && (
          <span className="opened-changed">
            {say("views.changed")}{" "}
            <button className="link" onClick={() => void actions.saveChanges()}>
              {say("views.save")}
            </button>{" "}
            <button className="link" onClick={actions.revertView}>
              {say("views.revert")}
            </button>
          </span>
        )
      )}
    </div>
  );
}

function Waiting() {
  const say = useText();
  return (
    <span className="opened-waiting" role="status">
      {say("views.waiting")}
    </span>
  );
}

export function newerOf({ newEdges, newClaims, goneNodes, goneEdges }: ViewChanges): number {
  return newEdges + newClaims + goneNodes.length + goneEdges.length;
}
