/** Who decides: a free name, remembered by the browser and kept with every decision. */
import { useActions, useApp, useText } from "../app-context.tsx";

export function AuthorField({ id = "author" }: { id?: string }) {
  const say = useText();
  const actions = useActions();
  const author = useApp((state) => state.author);
  return (
    <label className="author" title={say("review.author.help")}>
      <span>{say("review.author")}</span>
      <input
        id={id}
        maxLength={100}
        autoComplete="nickname"
        value={author}
        onChange={(event) => actions.setAuthor(event.target.value)}
      />
    </label>
  );
}
