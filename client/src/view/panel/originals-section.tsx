/** What an article was read from: its original to download, and the versions that stood at its address before. */
import type { Capture, Originals } from "../../../../server/contract/original.ts";
import { originalAddress } from "../../api.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";

/** Asked for when it is opened: most readers want the text. */
export function OriginalsSection({ document }: { document: string }) {
  const say = useText();
  const actions = useActions();
  const loaded = useApp((state) => state.originals[document]);
  return (
    <details
      className="originals"
      onToggle={(event) => {
        if (event.currentTarget.open) void actions.showOriginals(document);
      }}
    >
      <summary>{say("originals.title")}</summary>
      {loaded === undefined || loaded.state === "loading" ? (
        <p className="waiting">{say("loading")}</p>
      ) : loaded.state === "failed" ? (
        <p className="form-problem">{loaded.message}</p>
      ) : (
        <Body document={document} originals={loaded.value} />
      )}
    </details>
  );
}

function Body({ document, originals }: { document: string; originals: Originals }) {
  const say = useText();
  const language = useApp((state) => state.language);
  if (originals.captures.length === 0) return <p className="quiet">{say("originals.none")}</p>;
  return (
    <>
      {originals.captures.map((capture) => (
        <CaptureLine key={capture.sha256 + capture.name} document={document} capture={capture} />
      ))}
      {originals.versions.map(({ title, captures, replacedAt, added, removed }) => (
        <section key={replacedAt}>
          <h4>{say("originals.version", { date: dateWords(replacedAt.slice(0, 10), language) })}</h4>
          <p className="quiet">
            <bdi>{title}</bdi>
          </p>
          {captures.map((capture) => (
            <CaptureLine key={capture.sha256 + capture.name} document={document} capture={capture} />
          ))}
          <Sentences title={say("originals.removed")} sentences={removed} />
          <Sentences title={say("originals.added")} sentences={added} />
        </section>
      ))}
    </>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <>
      <h5>{title}</h5>
      <ul>
        {sentences.map((sentence, index) => (
          <li key={`${index} ${sentence}`}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

function CaptureLine({ document, capture }: { document: string; capture: Capture }) {
  const say = useText();
  const language = useApp((state) => state.language);
  const { sha256, name, address, capturedAt, bytes } = capture;
  const date = dateWords(capturedAt.slice(0, 10), language);
  return (
    <p>
      <a href={originalAddress(document, sha256)} download>
        {say("originals.download")}
      </a>{" "}
      <span className="quiet">
        ({Math.max(1, Math.round(bytes / 1_000)).toLocaleString(language)} kB,{" "}
        {address === null ? say("originals.read", { date, name }) : say("originals.fetched", { date, address })})
      </span>
      <br />
      <code className="quiet" title={say("originals.hash")}>
        {sha256.slice(0, 16)}…
      </code>
    </p>
  );
}
