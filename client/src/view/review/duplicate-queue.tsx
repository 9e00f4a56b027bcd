/** Two actors that are possibly one, side by side: what speaks for it, what against, and how the articles speak of each. */
import { useState } from "react";
import type { MentionInContext, PossibleDuplicate, Reason } from "../../../../server/contract/decisions.ts";
import { typeOf, typeWords } from "../../graph/ontology.ts";
import { currentOf } from "../../review-state.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";
import { QueueBar } from "./queue-bar.tsx";

export function DuplicateQueue() {
  const say = useText();
  const queue = useApp((state) => state.review.duplicates);
  if (queue?.state === "failed") return <p className="form-problem">{queue.message}</p>;
  if (queue?.state !== "ready") return <p className="waiting">{say("loading")}</p>;
  const pair = currentOf(queue);
  if (pair === null) return <p className="review-empty">{say("review.duplicates.none")}</p>;
  const { items, total, at } = queue.value;
  const clear = items.filter((item) => item.clear && !item.postponed).length;
  return (
    <>
      <div className="queue-head">
        <QueueBar at={at} total={total} />
        {clear > 0 && <AcceptClear count={clear} />}
      </div>
      <PairCard key={pair.pair.join(" ")} pair={pair} />
    </>
  );
}

function AcceptClear({ count }: { count: number }) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button className="button" disabled={busy} onClick={() => setAsking(true)}>
        {say("review.clear", { n: count })}
      </button>
    );
  }
  return (
    <div className="confirm" role="alertdialog" aria-label={say("review.clear.ask", { n: count })}>
      <span>{say("review.clear.ask", { n: count })}</span>
      <button
        className="button primary"
        onClick={() => {
          setAsking(false);
          void actions.acceptClear();
        }}
      >
        {say("review.clear.yes")}
      </button>
      <button className="button" autoFocus onClick={() => setAsking(false)}>
        {say("cancel")}
      </button>
    </div>
  );
}

function PairCard({ pair }: { pair: PossibleDuplicate }) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  return (
    <section className="review-card">
      <p className="pair-score">
        {say("review.score", { percent: Math.min(99, Math.round(pair.score * 100)) })}
        {pair.postponed && <span className="tag">{say("review.postponed")}</span>}
      </p>
      <div className="pair-sides">
        {pair.sides.map((side, index) => (
          <Side key={side.node.id} side={side} stays={index === 0} />
        ))}
      </div>
      <div className="pair-sides">
        <Reasons title={say("review.for")} reasons={pair.reasonsFor} />
        <Reasons title={say("review.against")} reasons={pair.reasonsAgainst} />
      </div>
      <div className="verdicts">
        <button className="button primary" disabled={busy} onClick={() => void actions.mergePair()}>
          {say("review.same")} <kbd>A</kbd>
        </button>
        <button className="button" disabled={busy} onClick={() => void actions.rejectPair()}>
          {say("review.different")} <kbd>R</kbd>
        </button>
        <button className="button" disabled={busy} onClick={() => void actions.postponePair()}>
          {say("review.later")} <kbd>L</kbd>
        </button>
      </div>
    </section>
  );
}

function Side({ side, stays }: { side: PossibleDuplicate["sides"][number]; stays: boolean }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { node, mentions } = side;
  const type = typeOf(node.labels);
  return (
    <div className="pair-side">
      <h2>
        <button className="link" onClick={() => void actions.openEntity(node.id)}>
          <NodeMark labels={node.labels} /> <bdi>{node.name}</bdi>
        </button>
      </h2>
      <p className="quiet">
        {type === null ? "" : `${typeWords(type, language)} · `}
        {say("mentions", { n: node.mentionCount })}, {say("articles", { n: node.documentCount })}
        {stays && ` · ${say("review.stays")}`}
      </p>
      {node.aliases.length > 0 && (
        <p className="quiet">
          {say("entity.aliases")} <bdi>{node.aliases.join(", ")}</bdi>
        </p>
      )}
      <ul className="contexts" aria-label={say("review.mentions")}>
        {mentions.map((mention) => (
          <Context key={`${mention.document.id} ${mention.start}`} mention={mention} />
        ))}
      </ul>
    </div>
  );
}

function Context({ mention }: { mention: MentionInContext }) {
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { text, mark, document } = mention;
  return (
    <li>
      <blockquote lang={document.language}>
        {text.slice(0, mark[0])}
        <strong>{text.slice(mark[0], mark[1])}</strong>
        {text.slice(mark[1])}
      </blockquote>
      <button className="quote-source" onClick={() => void actions.openArticle(document.id, null)}>
        <bdi className="quote-title">{document.title}</bdi>
        <span className="quiet">{document.publishedAt === null ? "" : dateWords(document.publishedAt, language)}</span>
      </button>
    </li>
  );
}

const FULL_BAR = 4.5;

function Reasons({ title, reasons }: { title: string; reasons: readonly Reason[] }) {
  const say = useText();
  return (
    <div className="pair-side">
      <h3>{title}</h3>
      {reasons.length === 0 && <p className="quiet">{say("review.against.none")}</p>}
      <ul className="reasons">
        {reasons.map((reason) => (
          <li key={reason.text}>
            <span className="weight" aria-hidden="true">
              <span style={{ width: `${Math.min(100, (Math.abs(reason.weight) / FULL_BAR) * 100)}%` }} />
            </span>
            {reason.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
