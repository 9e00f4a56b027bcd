/** A line of a list of what the server keeps: what opens it, and deleting it, asked once more before it is done. */
import { useState, type ReactNode } from "react";
import { useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";

export function DeletableRow({
  label,
  question,
  verb,
  onDelete,
  children,
}: {
  /** Names what would be deleted. */
  label: string;
  question: string;
  verb: string;
  onDelete: () => void;
  children: ReactNode;
}) {
  const say = useText();
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <div className="view-row">
        {children}
        <button
          className="bare"
          aria-label={label}
          title={say("views.delete")}
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          <Icon name="trash" />
        </button>
      </div>
      {asking && (
        <p className="remark">
          {question}{" "}
          <button className="link" onClick={onDelete}>
            {verb}
          </button>{" "}
          <button className="link" onClick={() => setAsking(false)}>
            {say("cancel")}
          </button>
        </p>
      )}
    </li>
  );
}
