/** What is wrong with the connection, across the page; and short notices of what was done. */
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";

export function Banner() {
  const say = useText();
  const actions = useActions();
  const connection = useApp((state) => state.connection);
  const message = useApp((state) => state.connectionMessage);
  const model = useApp((state) => state.health?.model.message ?? null);
  if (connection === "lost") {
    return (
      <div className="banner problem" role="alert">
        <span>{message ?? say("connection.lost")}</span>
        <button className="button" onClick={() => void actions.connect()}>
          {say("retry")}
        </button>
      </div>
    );
  }
  if (model === null) return null;
  return (
    <div className="banner" role="status">
      {say("connection.model", { message: model })}
    </div>
  );
}

export function NoticeLine() {
  const say = useText();
  const actions = useActions();
  const notice = useApp((state) => state.notice);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice !== null && (
        <div className={`notice ${notice.kind}`}>
          <span>{notice.text}</span>
          <button className="bare" onClick={actions.dismissNotice} aria-label={say("close")}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
