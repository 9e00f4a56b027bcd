/** All articles, latest first. */
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { WatchingSection } from "./watching-section.tsx";

export function ArticlesPanel() {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const list = useApp((state) => state.articleList);
  if (list === null || list.state === "loading") return <p className="waiting">{say("loading")}</p>;
  if (list.state === "failed") return <p className="form-problem">{list.message}</p>;
  const { documents, total, nextCursor } = list.value;
  if (documents.length === 0) return <p className="quiet">{say("articles.none")}</p>;
  return (
    <>
      <p className="quiet">{say("articles", { n: total })}</p>
      <ul className="article-list">
        {documents.map((document) => (
          <li key={document.id}>
            <button className="row" onClick={() => void actions.openArticle(document.id, null)}>
              <bdi>{document.title}</bdi>
              <span className="quiet">
                {[
                  document.source,
                  document.publishedAt === null ? null : dateWords(document.publishedAt, language),
                  say("links", { n: document.claims }),
                ]
                  .filter((part) => part !== null)
                  .join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {nextCursor !== null && (
        <button className="button" onClick={() => void actions.openArticles(true)}>
          {say("more")}
        </button>
      )}
      <WatchingSection />
    </>
  );
}
