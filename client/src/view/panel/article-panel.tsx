/** The reader: an article with its actors marked, the quoted sentence lit, and what the article says. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { Span } from "../../../../server/contract/extraction.ts";
import type { StoredClaim, StoredDocument } from "../../../../server/contract/graph.ts";
import { paragraphsOf, type Highlight, type Segment } from "../../graph/article.ts";
import { relationshipWords } from "../../graph/ontology.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { Icon, NodeMark } from "../marks.tsx";
import { AnnotationBar, NOTHING_PICKED, picked, selectedWords, type Picked } from "./annotation-bar.tsx";
import { OriginalsSection } from "./originals-section.tsx";

interface Lit {
  claim: StoredClaim | null;
  sentence: Span | null;
}

export function ArticlePanel({ document, claim, sentence }: Lit & { document: string }) {
  const say = useText();
  const loaded = useApp((state) => state.articles[document]);
  if (loaded?.state === "failed")
    return <p className="form-problem">{say("article.failed", { message: loaded.message })}</p>;
  if (loaded?.state !== "ready") return <p className="waiting">{say("loading")}</p>;
  return <Reader article={loaded.value} claim={claim} sentence={sentence} />;
}

function Reader({ article, claim, sentence }: Lit & { article: StoredDocument }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const filter = useApp((state) => state.filter);
  const body = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Picked | null>(null);
  const paragraphs = useMemo(
    () => paragraphsOf(article.text, article.mentions, highlightOf(claim, sentence)),
    [article, claim, sentence],
  );
  const entities = useMemo(() => new Map(article.entities.map((entity) => [entity.id, entity])), [article]);
  // The text usually begins with the title, which stands above it already.
  const shown = paragraphs.filter(
    (paragraph, index) => index > 0 || textOf(paragraph.segments).trim() !== article.title.trim(),
  );
  const meta = [
    article.source,
    article.byline,
    article.publishedAt === null ? say("claim.undated") : dateWords(article.publishedAt, language),
  ];

  useEffect(() => {
    body.current?.querySelector(".lit")?.scrollIntoView({ block: "center" });
  }, [claim, sentence]);

  return (
    <>
      <h2 className="article-title" lang={article.language}>
        <bdi>{article.title}</bdi>
      </h2>
      <p className="quiet">
        {meta.filter((part) => part !== null).join(" · ")}
        {article.collection === "samples" && <span className="tag">{say("samples.badge")}</span>}
      </p>
      <div className="actions">
        <button className="button" onClick={() => void actions.showArticleGraph([article.id])}>
          {say("article.graph")}
        </button>
        <button className="button" onClick={() => void actions.setFilter({ ...filter, documents: [article.id] })}>
          <Icon name="filter" />
          {say("article.filter")}
        </button>
        {article.url !== null && (
          <a className="button" href={article.url} target="_blank" rel="noreferrer noopener">
            <Icon name="external" />
            {say("article.open")}
          </a>
        )}
        <button
          className="button"
          aria-pressed={chosen !== null}
          onClick={() => setChosen(chosen === null ? NOTHING_PICKED : null)}
        >
          {say(chosen === null ? "annotate" : "annotate.done")}
        </button>
        <DeleteButton article={article} />
      </div>
      {chosen !== null && <AnnotationBar article={article} chosen={chosen} onDone={() => setChosen(NOTHING_PICKED)} />}
      <div
        className="article-text"
        lang={article.language}
        ref={body}
        onPointerUp={() => {
          if (chosen === null || body.current === null) return;
          const words = selectedWords(body.current, article);
          if (words !== null) setChosen({ mentions: [], words });
        }}
      >
        {shown.map((paragraph) => (
          <p key={paragraph.start}>
            {paragraph.segments.map((segment) => (
              <SegmentText
                key={segment.start}
                segment={segment}
                labels={entities.get(segment.entity ?? "")?.labels ?? null}
                pressed={chosen === null ? null : chosen.mentions.some((mention) => mention.start === segment.start)}
                onPick={(mention) => {
                  const whole = article.mentions.find(({ start, end }) => start <= mention && end > mention);
                  if (whole !== undefined) setChosen(picked(chosen ?? NOTHING_PICKED, whole));
                }}
              />
            ))}
          </p>
        ))}
      </div>
      <p className="quiet">{say("article.legend")}</p>
      <section>
        <h3>{say("article.relationships")}</h3>
        {article.claims.length === 0 && <p className="quiet">{say("article.relationships.none")}</p>}
        <ul className="claim-list">
          {article.claims.map((one) => (
            <li key={one.id}>
              <button
                className="row"
                aria-pressed={one.id === claim?.id}
                onClick={() => void actions.openArticle(article.id, one)}
              >
                <span>
                  <bdi>{one.subject.name}</bdi> <em>{relationshipWords(one.type, "out", language)}</em>{" "}
                  <bdi>{one.object.name}</bdi>
                </span>
                {(one.modality !== "asserted" || one.polarity === "negated") && (
                  <span className="tag">
                    {say(one.polarity === "negated" ? "polarity.negated" : `modality.${one.modality}`)}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <OriginalsSection document={article.id} />
    </>
  );
}

function SegmentText({
  segment,
  labels,
  pressed,
  onPick,
}: {
  segment: Segment;
  labels: readonly string[] | null;
  /** Whether it is picked for an annotation; null while none is made. */
  pressed: boolean | null;
  onPick: (start: number) => void;
}) {
  const actions = useActions();
  const { text, entity, lit, end } = segment;
  const classes = [lit ? "lit" : "", end === null ? "" : `end-${end}`].filter((name) => name !== "").join(" ");
  if (entity === null || labels === null) {
    return (
      <span data-start={segment.start} {...(classes === "" ? {} : { className: classes })}>
        {text}
      </span>
    );
  }
  return (
    // A link, not a button: it breaks over lines as the text does.
    <a
      href={`#${entity}`}
      data-start={segment.start}
      className={`mention ${segment.named ? "" : "unnamed"} ${classes} ${pressed === true ? "picked" : ""}`}
      {...(pressed === null ? {} : { role: "button", "aria-pressed": pressed })}
      onClick={(event) => {
        event.preventDefault();
        if (pressed === null) void actions.openEntity(entity);
        else onPick(segment.start);
      }}
    >
      {segment.named && <NodeMark labels={labels} size={9} />}
      {text}
    </a>
  );
}

function DeleteButton({ article }: { article: StoredDocument }) {
  const say = useText();
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button
        className="bare"
        onClick={() => setAsking(true)}
        aria-label={say("article.delete")}
        title={say("article.delete")}
      >
        <Icon name="trash" />
      </button>
    );
  }
  return (
    <div className="confirm" role="alertdialog" aria-label={say("article.delete.ask")}>
      <span>{say("article.delete.ask")}</span>
      <button className="button danger" onClick={() => void actions.deleteArticle(article.id, article.title)}>
        {say("article.delete.yes")}
      </button>
      <button className="button" autoFocus onClick={() => setAsking(false)}>
        {say("cancel")}
      </button>
    </div>
  );
}

function highlightOf(claim: StoredClaim | null, sentence: Span | null): Highlight | null {
  if (claim === null) return sentence === null ? null : { span: sentence, subject: null, object: null };
  return { span: [claim.start, claim.end], subject: claim.subjectSpan, object: claim.objectSpan };
}

function textOf(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.text).join("");
}
