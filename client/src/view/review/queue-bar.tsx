/** Where in a queue one is, and the way through it. */
import { useActions, useText } from "../app-context.tsx";
import { Icon } from "../marks.tsx";

export function QueueBar({ at, total }: { at: number; total: number }) {
  const say = useText();
  const actions = useActions();
  return (
    <div className="queue-bar">
      <button
        className="bare"
        onClick={() => void actions.move(-1)}
        disabled={at === 0}
        aria-label={say("review.previous")}
        title={say("review.previous")}
      >
        <Icon name="left" />
      </button>
      <span role="status">{say("review.place", { n: at + 1, total })}</span>
      <button
        className="bare"
        onClick={() => void actions.move(1)}
        disabled={at >= total - 1}
        aria-label={say("review.next")}
        title={say("review.next")}
      >
        <Icon name="right" />
      </button>
    </div>
  );
}
