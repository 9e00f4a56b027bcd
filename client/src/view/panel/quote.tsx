/** One claim: its sentence with both ends marked, and who said it how, when and where. */
import type { StoredClaim } from "../../../../server/contract/graph.ts";
import { paragraphsOf } from "../../graph/article.ts";
import { relationshipWords } from "../../graph/ontology.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";

export function Quote({
  claim,
  withStatement = false,
  decidable = true,
}: {
  claim: StoredClaim;
  withStatement?: boolean;
  /** With the verdict at its foot. */
  decidable?: boolean;
}) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { document } = claim;
  const from = [
    document.source,
    document.publishedAt === null ? say("claim.undated") : dateWords(document.publishedAt, language),
    claim.page === undefined ? null : say("claim.page", { n: claim.page }),
  ];
  return (
    <article className={`quote quote-${claim.polarity === "negated" ? "denied" : claim.modality}`}>
      {withStatement && (
        <p className="quote-statement">
          <bdi>{claim.subject.name}</bdi> <em>{relationshipWords(claim.type, "out", language)}</em>{" "}
          <bdi>{claim.object.name}</bdi>
        </p>
      )}
      <blockquote lang={document.language}>
        <QuoteText claim={claim} />
      </blockquote>
      <p className="quote-tags">
        <span className={`tag tag-${claim.modality}`} title={say(`modality.${claim.modality}.help`)}>
          {say(`modality.${claim.modality}`)}
        </span>
        {claim.polarity === "negated" && <span className="tag tag-denied">{say("polarity.negated")}</span>}
        {claim.former && <span className="tag">{say("claim.former")}</span>}
        {claim.date !== null && <span>{say("claim.date", { date: dateWords(claim.date, language) })}</span>}
        {claim.saidBy !== null && <span>{say("claim.said.by", { who: claim.saidBy })}</span>}
        {claim.extractor !== "human" && (
          <span>{say("edge.confidence", { n: Math.round(claim.confidence * 100) })}</span>
        )}
        <QuoteStatus claim={claim} />
      </p>
      <button className="quote-source" onClick={() => void actions.openArticle(document.id, claim)}>
        <span className="unseen">{say("claim.read")}: </span>
        <bdi className="quote-title">{document.title}</bdi>
        <span className="quiet">{from.filter((part) => part !== null).join(", ")}</span>
      </button>
      {decidable && claim.status === "proposed" && <Verdict claim={claim} />}
    </article>
  );
}

function QuoteText({ claim }: { claim: StoredClaim }) {
  // Spans count in the article's text; here the text begins at the quote.
  const shift = ([from, to]: readonly [number, number]): [number, number] => [from - claim.start, to - claim.start];
  const highlight = {
    span: [0, claim.quote.length] as [number, number],
    subject: shift(claim.subjectSpan),
    object: shift(claim.objectSpan),
  };
  return paragraphsOf(claim.quote, [], highlight).map((paragraph) => (
    <p key={paragraph.start}>
      {paragraph.segments.map((segment) =>
        segment.end === null ? (
          segment.text
        ) : (
          <strong key={segment.start} className={`end-${segment.end}`}>
            {segment.text}
          </strong>
        ),
      )}
    </p>
  ));
}

function QuoteStatus({ claim }: { claim: StoredClaim }) {
  const say = useText();
  if (claim.status === "proposed") return null;
  const isHuman = claim.extractor === "human" && claim.status === "accepted";
  return <span className={`tag tag-${claim.status}`}>{say(isHuman ? "quote.human" : `quote.${claim.status}`)}</span>;
}

function Verdict({ claim }: { claim: StoredClaim }) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  const decide = (kind: "accept" | "reject") => () => void actions.decideQuote({ kind, claim: claim.id });
  return (
    <div className="quote-verdict">
      <button className="link" disabled={busy} onClick={decide("accept")}>
        {say("quote.accept")}
      </button>
      <button className="link" disabled={busy} onClick={decide("reject")}>
        {say("quote.reject")}
      </button>
    </div>
  );
}
