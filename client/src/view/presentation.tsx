/**
 * A saved view told step by step, without the tool around it: words at the side, what they are about lit in the graph, and the
 * sentence that proves it where the step is about one relationship.
 */
import { useEffect, useRef } from "react";
import type { StoredClaim } from "../../../server/contract/graph.ts";
import type { ViewStep } from "../../../server/contract/view.ts";
import { openedOf, type OpenedView } from "../state.ts";
import { dateWords } from "../text.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";

const FORTH = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

export function Presentation() {
  const opened = useApp(openedOf);
  const slide = useApp((state) => state.slide);
  if (opened === null || slide === null) return null;
  return <Slide opened={opened} slide={slide} />;
}

function Slide({ opened, slide }: { opened: OpenedView; slide: number }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { words, view } = opened;
  const last = words.steps.length;
  const step = words.steps[slide - 1];
  const told = slideWords(opened, step);
  const quote = step === undefined ? null : quoteOf(opened, step);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // A focused button keeps its space bar.
      if (event.key === " " && event.target instanceof HTMLButtonElement) return;
      const to = targetOf(event.key, slide, last);
      if (event.key === "Escape") actions.stopPresenting();
      else if (to === null) return;
      else actions.present(to);
      event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [actions, slide, last]);

  useEffect(() => heading.current?.focus(), [slide]);

  return (
    <section className="slide" aria-label={say("presentation")}>
      <div className="slide-words" aria-live="polite">
        {slide > 0 && (
          <p className="slide-view">
            <bdi>{words.name}</bdi>
          </p>
        )}
        <h2 ref={heading} tabIndex={-1} dir="auto">
          {told.title}
        </h2>
        {told.text
          .split(/\n\s*\n/)
          .filter((paragraph) => paragraph.trim() !== "")
          .map((paragraph, index) => (
            <p key={index} className="slide-text" dir="auto">
              {paragraph}
            </p>
          ))}
        {quote !== null && <SlideQuote claim={quote} />}
        {slide === 0 && <p className="quiet">{say("views.as.of", { date: dateWords(view.frozen.at, language) })}</p>}
      </div>
      <div className="slide-bar">
        <button
          className="button"
          disabled={slide === 0}
          aria-label={say("presentation.back")}
          title={say("presentation.back")}
          onClick={() => actions.present(slide - 1)}
        >
          <Icon name="left" />
        </button>
        <span className="slide-count" aria-label={say("presentation.place", { n: slide, total: last })}>
          {slide} / {last}
        </span>
        <button
          className="button primary"
          disabled={slide === last}
          aria-label={say("presentation.forth")}
          title={say("presentation.forth")}
          onClick={() => actions.present(slide + 1)}
        >
          <Icon name="right" />
        </button>
        <button className="link slide-leave" onClick={actions.stopPresenting}>
          {say("presentation.leave")}
        </button>
      </div>
    </section>
  );
}

function slideWords({ words }: OpenedView, step: ViewStep | undefined): { title: string; text: string } {
  return step ?? { title: words.name, text: words.notes };
}

/** The best kept quote of the one relationship that a step is about. */
function quoteOf({ view }: OpenedView, { edges }: ViewStep): StoredClaim | null {
  const [edge] = edges;
  if (edge === undefined || edges.length > 1) return null;
  const kept = view.frozen.quotes.find((quotes) => quotes.edge === edge)?.claims ?? [];
  return [...kept].sort((a, b) => b.confidence - a.confidence)[0] ?? null;
}

function SlideQuote({ claim }: { claim: StoredClaim }) {
  const say = useText();
  const language = useApp((state) => state.language);
  const { document, modality, polarity } = claim;
  const facts = [
    polarity === "negated" ? say("polarity.negated") : say(`modality.${modality}`),
    document.source,
    document.publishedAt === null ? say("claim.undated") : dateWords(document.publishedAt, language),
  ];
  return (
    <figure className="slide-quote">
      <blockquote lang={document.language} dir="auto">
        {claim.quote}
      </blockquote>
      <figcaption>
        <bdi>{document.title}</bdi>, {facts.filter((fact) => fact !== null).join(", ")}
      </figcaption>
    </figure>
  );
}

function targetOf(key: string, slide: number, last: number): number | null {
  if (FORTH.has(key)) return Math.min(last, slide + 1);
  if (BACK.has(key)) return Math.max(0, slide - 1);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}
