/** What waits for a person: claims to check, actors that are possibly one; and what was decided, with the way back. */
import { REVIEW_TABS } from "../../review-state.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { AuthorField } from "../review/author-field.tsx";
import { ClaimQueue } from "../review/claim-queue.tsx";
import { DecisionList } from "../review/decision-list.tsx";
import { DuplicateQueue } from "../review/duplicate-queue.tsx";

export function ReviewScreen() {
  const say = useText();
  const actions = useActions();
  const tab = useApp((state) => state.review.tab);
  return (
    <div className="review-screen">
      <div className="review-bar">
        <nav className="screens" aria-label={say("review.tabs")}>
          {REVIEW_TABS.map((one) => (
            <button
              key={one}
              aria-current={tab === one ? "page" : undefined}
              onClick={() => void actions.openReview(one)}
            >
              {say(`review.tab.${one}`)}
            </button>
          ))}
        </nav>
        <AuthorField />
      </div>
      <div className="review-body">
        {tab === "claims" && (
          <>
            <p className="quiet">{say("review.claims.help")}</p>
            <ClaimQueue />
          </>
        )}
        {tab === "duplicates" && (
          <>
            <p className="quiet">{say("review.duplicates.help")}</p>
            <DuplicateQueue />
          </>
        )}
        {tab === "decisions" && <Decisions />}
      </div>
    </div>
  );
}

function Decisions() {
  const say = useText();
  const actions = useActions();
  const decisions = useApp((state) => state.review.decisions);
  if (decisions?.state === "failed") return <p className="form-problem">{decisions.message}</p>;
  if (decisions?.state !== "ready") return <p className="waiting">{say("loading")}</p>;
  if (decisions.value.decisions.length === 0) return <p className="review-empty">{say("review.decisions.none")}</p>;
  return (
    <>
      <DecisionList decisions={decisions.value.decisions} />
      {decisions.value.nextCursor !== null && (
        <button className="button" onClick={() => void actions.moreDecisions()}>
          {say("more")}
        </button>
      )}
    </>
  );
}
