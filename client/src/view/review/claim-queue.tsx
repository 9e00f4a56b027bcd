/** Claims to check, one at a time, its article beside it; then what comes next. */
import { useState } from "react";
import type { ReviewItem } from "../../../../server/contract/decisions.ts";
import { relationshipWords } from "../../graph/ontology.ts";
import { currentOf } from "../../review-state.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { Icon } from "../marks.tsx";
import { Quote } from "../panel/quote.tsx";
import { changeBetween, ClaimForm, type Statement } from "./claim-form.tsx";
import { QueueBar } from "./queue-bar.tsx";

const NEXT_SHOWN = 8;

export function ClaimQueue() {
  const say = useText();
  const queue = useApp((state) => state.review.claims);
  if (queue?.state === "failed") return <p className="form-problem">{queue.message}</p>;
  if (queue?.state !== "ready") return <p className="waiting">{say("loading")}</p>;
  const item = currentOf(queue);
  if (item === null) return <p className="review-empty">{say("review.claims.none")}</p>;
  const { items, total, at } = queue.value;
  return (
    <>
      <QueueBar at={at} total={total} />
      <ClaimCard key={item.claim.id} item={item} />
      <ol className="review-next" start={at + 2}>
        {items.slice(at + 1, at + 1 + NEXT_SHOWN).map((next, index) => (
          <NextClaim key={next.claim.id} item={next} steps={index + 1} />
        ))}
      </ol>
    </>
  );
}

function ClaimCard({ item }: { item: ReviewItem }) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  const [correcting, setCorrecting] = useState(false);
  const { claim } = item;
  const before: Statement = {
    type: claim.type,
    subjectSpan: claim.subjectSpan,
    objectSpan: claim.objectSpan,
    polarity: claim.polarity,
    modality: claim.modality,
    former: claim.former,
    date: claim.date,
  };
  return (
    <section className="review-card">
      <Quote claim={claim} withStatement decidable={false} />
      <p className="quiet">
        {say("review.doubt", { percent: Math.round((1 - item.doubt) * 100) })}
        {" · "}
        {say("review.importance", { n: Math.round(item.importance) })}
      </p>
      {correcting ? (
        <ClaimForm
          ends={[
            { name: claim.subject.name, labels: claim.subject.labels, span: claim.subjectSpan },
            { name: claim.object.name, labels: claim.object.labels, span: claim.objectSpan },
          ]}
          before={before}
          verb={say("correct.save")}
          onSave={(statement) => void actions.correctClaim(changeBetween(before, statement))}
          onCancel={() => setCorrecting(false)}
        />
      ) : (
        <div className="verdicts">
          <button className="button primary" disabled={busy} onClick={() => void actions.acceptClaim()}>
            {say("review.accept")} <kbd>A</kbd>
          </button>
          <button className="button" disabled={busy} onClick={() => void actions.rejectClaim()}>
            {say("review.reject")} <kbd>R</kbd>
          </button>
          <button className="button" disabled={busy} onClick={() => setCorrecting(true)}>
            {say("review.correct")}
          </button>
        </div>
      )}
    </section>
  );
}

function NextClaim({ item, steps }: { item: ReviewItem; steps: number }) {
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { claim, doubt } = item;
  return (
    <li>
      <button className="row" onClick={() => void actions.move(steps)}>
        <Icon name="right" />
        <span>
          <bdi>{claim.subject.name}</bdi> <em>{relationshipWords(claim.type, "out", language)}</em>{" "}
          <bdi>{claim.object.name}</bdi>
        </span>
        <span className="quiet number">{Math.round((1 - doubt) * 100)} %</span>
      </button>
    </li>
  );
}
