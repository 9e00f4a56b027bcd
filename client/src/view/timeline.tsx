/**
 * When what is shown happened: one bar a month or a year, a stretch of them chosen by drawing over the bars or by two handles, and
 * played from left to right.
 */
import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import type { Timeline as Dates } from "../../../server/contract/graph.ts";
import { barsOf, claimsIn, daysOf, stretchOf, type Bar } from "../graph/timeline.ts";
import { dateWords } from "../text.ts";
import { useActions, useApp, useStoreOfApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";

type Stretch = readonly [first: number, last: number];

const STEP_MILLISECONDS = 650;
/** Bars of the window that is played when none was chosen, as a share of all. */
const PLAYED_SHARE = 0.12;
const HEIGHT = 34;

export function Timeline() {
  const say = useText();
  const actions = useActions();
  const timeline = useApp((state) => state.timeline);
  const open = useApp((state) => state.timelineOpen);
  const bars = useMemo(() => (timeline === null ? [] : barsOf(timeline)), [timeline]);
  if (timeline === null || bars.length < 2) return null;
  return (
    <section className="timeline" aria-label={say("timeline")}>
      {!open && (
        <button className="legend-title" aria-expanded={false} onClick={() => actions.setTimelineOpen(true)}>
          {say("timeline")}
        </button>
      )}
      {open && <Track timeline={timeline} bars={bars} />}
    </section>
  );
}

function Track({ timeline, bars }: { timeline: Dates; bars: readonly Bar[] }) {
  const say = useText();
  const actions = useActions();
  const store = useStoreOfApp();
  const language = useApp((state) => state.language);
  const from = useApp((state) => state.filter.from);
  const to = useApp((state) => state.filter.to);
  /** What is being drawn, before it is let go. */
  const [draft, setDraft] = useState<Stretch | null>(null);
  const [playing, setPlaying] = useState(false);
  const anchor = useRef<number | null>(null);
  const track = useRef<HTMLDivElement>(null);
  const last = bars.length - 1;
  const limited = from !== undefined || to !== undefined;
  const stretch: Stretch | null = draft ?? stretchOf(bars, from, to);
  const [first, end] = stretch ?? [0, last];

  const choose = (a: number, b: number) => {
    const rest = Object.entries(store.getState().filter).filter(([name]) => name !== "from" && name !== "to");
    const days = Object.entries(daysOf(bars, Math.max(0, Math.min(a, b)), Math.min(last, Math.max(a, b))));
    const chosen = days.filter(([, day]) => day !== undefined);
    return actions.setFilter(Object.fromEntries([...rest, ...chosen]));
  };
  usePlaying(playing, setPlaying, bars, stretch !== null && limited ? stretch : null, choose);

  const barAt = ({ clientX }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return Math.max(0, Math.min(last, Math.floor(((clientX - box.left) / box.width) * bars.length)));
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setPlaying(false);
    anchor.current = barAt(event);
    setDraft([anchor.current, anchor.current]);
  };
  const onMove = (event: PointerEvent) => {
    if (anchor.current === null) return;
    const at = barAt(event);
    setDraft([Math.min(anchor.current, at), Math.max(anchor.current, at)]);
  };
  const onUp = (event: PointerEvent) => {
    if (anchor.current === null) return;
    void choose(anchor.current, barAt(event));
    anchor.current = null;
    setDraft(null);
  };

  const words = (index: number) => dateWords(bars[index]?.period ?? "", language);
  const { undated } = timeline;
  const claims = claimsIn(timeline, bars[first]?.period ?? "", bars[end]?.period ?? "");
  return (
    <div className="timeline-body">
      <button
        className="bare"
        aria-label={say(playing ? "timeline.pause" : "timeline.play")}
        title={say(playing ? "timeline.pause" : "timeline.play")}
        aria-pressed={playing}
        onClick={() => setPlaying(!playing)}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <div className="timeline-main">
        <div
          className="timeline-track"
          ref={track}
          onPointerDown={onDown}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={() => {
            anchor.current = null;
            setDraft(null);
          }}
        >
          <Bars bars={bars} first={first} last={end} />
        </div>
        <div className="timeline-handles">
          <input
            type="range"
            min={0}
            max={last}
            value={first}
            aria-label={say("filter.from")}
            aria-valuetext={words(first)}
            onChange={(event) => void choose(Math.min(Number(event.target.value), end), end)}
          />
          <input
            type="range"
            min={0}
            max={last}
            value={end}
            aria-label={say("filter.to")}
            aria-valuetext={words(end)}
            onChange={(event) => void choose(first, Math.max(Number(event.target.value), first))}
          />
        </div>
        <p className="timeline-words">
          <span>
            {stretch === null
              ? say("timeline.outside")
              : first === end
                ? words(first)
                : `${words(first)} – ${words(end)}`}
          </span>
          <span className="quiet grow">
            {say("timeline.claims", { n: claims })}
            {undated > 0 && ` · ${say(limited ? "timeline.undated.hidden" : "timeline.undated", { n: undated })}`}
          </span>
        </p>
      </div>
      <button
        className="legend-title"
        aria-expanded={true}
        aria-label={say("timeline.fold")}
        title={say("timeline.fold")}
        onClick={() => actions.setTimelineOpen(false)}
      />
    </div>
  );
}

function Bars({ bars, first, last }: { bars: readonly Bar[]; first: number; last: number }) {
  const most = Math.max(1, ...bars.map((bar) => bar.within + bar.around));
  const height = (claims: number) => (claims === 0 ? 0 : Math.max(1.5, (claims / most) * HEIGHT));
  return (
    <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="timeline-stretch" x={first} y={0} width={last - first + 1} height={HEIGHT} />
      {bars.map((bar, index) => {
        const chosen = index >= first && index <= last ? "chosen" : "";
        const within = height(bar.within);
        const around = height(bar.within + bar.around) - within;
        return (
          <g key={bar.period} className={chosen}>
            <rect className="around" x={index + 0.1} y={HEIGHT - within - around} width={0.8} height={around} />
            <rect className="within" x={index + 0.1} y={HEIGHT - within} width={0.8} height={within} />
          </g>
        );
      })}
    </svg>
  );
}

/** Moves the window one bar a step; each step waits for the one before to be drawn. */
function usePlaying(
  playing: boolean,
  setPlaying: (playing: boolean) => void,
  bars: readonly Bar[],
  chosen: Stretch | null,
  choose: (first: number, last: number) => Promise<void>,
): void {
  const latest = useRef({ bars, chosen, choose, setPlaying });
  useEffect(() => {
    latest.current = { bars, chosen, choose, setPlaying };
  });
  useEffect(() => {
    if (!playing) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { bars: all, chosen: window } = latest.current;
    const width = window === null ? Math.max(1, Math.round(all.length * PLAYED_SHARE)) : window[1] - window[0] + 1;
    // A window at the end starts over.
    let at = window === null || window[1] >= all.length - 1 ? 0 : window[0] + 1;
    const step = async () => {
      await latest.current.choose(at, at + width - 1);
      if (stopped) return;
      at += 1;
      if (at + width > latest.current.bars.length) latest.current.setPlaying(false);
      else timer = setTimeout(() => void step(), STEP_MILLISECONDS);
    };
    void step();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [playing]);
}
