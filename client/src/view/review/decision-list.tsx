/** Decisions, latest first, each with the way to take it back. */
import type { ToldDecision } from "../../../../server/contract/decisions.ts";
import { decisionWords } from "../../decision-words.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { Icon } from "../marks.tsx";

export function DecisionList({ decisions, onUndone }: { decisions: readonly ToldDecision[]; onUndone?: () => void }) {
  return (
    <ul className="decision-list">
      {decisions.map((decision) => (
        <DecisionRow key={decision.id} decision={decision} {...(onUndone === undefined ? {} : { onUndone })} />
      ))}
    </ul>
  );
}

function DecisionRow({ decision, onUndone }: { decision: ToldDecision; onUndone?: () => void }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { undone, blockedBy } = decision;
  const summary = decisionWords(decision, say, language);
  return (
    <li className={undone === null ? "" : "undone"}>
      <div>
        <bdi>{summary}</bdi>
        <p className="quiet">
          {say("decision.by", { author: decision.author, date: dateWords(decision.at, language) })}
          {decision.why !== "" && ` — ${decision.why}`}
          {undone !== null && ` · ${say("decision.undone", { author: undone.author })}`}
        </p>
      </div>
      {undone === null && (
        <button
          className="button"
          disabled={blockedBy.length > 0}
          title={blockedBy.length > 0 ? say("decision.blocked", { n: blockedBy.length }) : undefined}
          aria-label={say("decision.undo.of", { summary })}
          onClick={() => void actions.undoDecision(decision.id).then(onUndone)}
        >
          <Icon name="undo" />
          {say("decision.undo")}
        </button>
      )}
    </li>
  );
}
