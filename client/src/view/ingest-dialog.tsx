/** Adding articles: paste or choose, watch them being read, see what was found and what was remarked. */
import { useRef, useState } from "react";
import type { NewDocument } from "../../../server/contract/api.ts";
import type { DocumentReport } from "../../../server/contract/report.ts";
import type { Ingestion } from "../state.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Dialog } from "./dialog.tsx";

export function IngestDialog() {
  const say = useText();
  const actions = useActions();
  const ingestion = useApp((state) => state.ingestion);
  return (
    <Dialog
      className="ingest"
      title={say("add.title")}
      open={ingestion.state !== "closed"}
      onClose={() => void actions.closeIngestion()}
    >
      {ingestion.state === "form" && <IngestForm message={ingestion.message} />}
      {ingestion.state === "working" && <Progress ingestion={ingestion} />}
      {ingestion.state === "done" && <Outcome reports={ingestion.reports} message={ingestion.message} />}
    </Dialog>
  );
}

function IngestForm({ message }: { message: string | null }) {
  const say = useText();
  const actions = useActions();
  const [text, setText] = useState("");
  const [details, setDetails] = useState({ title: "", url: "", publishedAt: "" });
  const [fault, setFault] = useState(message);
  const picker = useRef<HTMLInputElement>(null);
  const field = (name: keyof typeof details) => ({
    value: details[name],
    onChange: (event: { target: { value: string } }) =>
      setDetails({ ...details, [name]: event.target.value.trimStart() }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "" && details.url.trim() === "") {
          setFault(say("add.empty"));
          return;
        }
        void actions.ingest({ text: documentOf(text, details) });
      }}
    >
      <label>
        {say("add.text")}
        <textarea
          rows={10}
          value={text}
          placeholder={say("add.text.placeholder")}
          onChange={(event) => setText(event.target.value)}
          autoFocus
        />
      </label>
      <details>
        <summary>{say("add.details")}</summary>
        <label>
          {say("add.name")}
          <input type="text" maxLength={500} {...field("title")} />
        </label>
        <div className="pair">
          <label>
            {say("add.url")}
            <input type="url" placeholder="https://" {...field("url")} />
          </label>
          <label>
            {say("add.date")}
            <input type="text" placeholder={say("add.date.help")} {...field("publishedAt")} />
          </label>
        </div>
      </details>
      <p className="drop-line">
        {say("add.drop")}{" "}
        <button type="button" className="link" onClick={() => picker.current?.click()}>
          {say("add.choose")}
        </button>
        <input
          ref={picker}
          className="unseen"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={say("add.choose")}
          accept=".txt,.md,.markdown,.html,.htm,.xhtml,.pdf,.docx,.docm,.eml,.zip,.jsonl,text/*"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            if (files.length > 0) void actions.ingest({ files });
          }}
        />
        <br />
        <span className="quiet">{say("add.formats")}</span>
      </p>
      {fault !== null && (
        <p className="form-problem" role="alert">
          {fault}
        </p>
      )}
      <footer>
        <button type="button" className="button" onClick={() => void actions.closeIngestion()}>
          {say("cancel")}
        </button>
        <button className="button primary">{say("add.start")}</button>
      </footer>
    </form>
  );
}

const ADDRESS = /^https?:\/\/\S+$/i;

/** An address in place of the text is the article at that address. */
function documentOf(text: string, details: { title: string; url: string; publishedAt: string }): NewDocument {
  const pasted = text.trim();
  const isAddress = ADDRESS.test(pasted);
  return {
    ...(isAddress ? { url: pasted } : pasted === "" ? {} : { text }),
    ...(details.title.trim() === "" ? {} : { title: details.title.trim() }),
    ...(isAddress || details.url.trim() === "" ? {} : { url: details.url.trim() }),
    ...(details.publishedAt.trim() === "" ? {} : { publishedAt: details.publishedAt.trim() }),
  };
}

function Progress({ ingestion }: { ingestion: Extract<Ingestion, { state: "working" }> }) {
  const say = useText();
  const { job, names } = ingestion;
  const current = names[job?.done ?? 0];
  return (
    <div className="progress" role="status">
      <p>{current === undefined || current === "" ? say("add.reading") : say("add.reading.file", { name: current })}</p>
      {job === null ? (
        <progress aria-label={say("add.reading")} />
      ) : (
        <progress max={Math.max(1, job.total)} value={job.done} aria-label={say("add.reading")} />
      )}
      {job !== null && <p className="quiet">{say("add.progress", { done: job.done, total: job.total })}</p>}
      {job !== null && <Reports reports={job.reports} />}
    </div>
  );
}

function Outcome({ reports, message }: { reports: readonly DocumentReport[]; message: string | null }) {
  const say = useText();
  const actions = useActions();
  const read = reports.filter((report) => report.id !== null);
  return (
    <div>
      <p className="outcome">{say("add.done", { n: read.length })}</p>
      {message !== null && <p className="form-problem">{message}</p>}
      <Reports reports={reports} />
      <footer>
        <button className="button" onClick={actions.openIngestion}>
          {say("add.more")}
        </button>
        {read.length > 0 ? (
          <button className="button primary" autoFocus onClick={() => void actions.showIngested()}>
            {say("add.show")}
          </button>
        ) : (
          <button className="button primary" onClick={() => void actions.closeIngestion()}>
            {say("close")}
          </button>
        )}
      </footer>
    </div>
  );
}

function Reports({ reports }: { reports: readonly DocumentReport[] }) {
  const say = useText();
  return (
    <ul className="reports">
      {reports.map((report, index) => (
        <li key={`${report.name} ${index}`} className={report.status === "failed" ? "failed" : ""}>
          <p>
            <bdi>{report.title ?? report.name}</bdi> <span className="tag">{say(`add.${report.status}`)}</span>
          </p>
          {report.problem === null ? (
            <p className="quiet">
              {report.claims === 0
                ? say("add.nothing")
                : say("add.found", { entities: report.entities, new: report.newEntities, claims: report.claims })}
            </p>
          ) : (
            <p>{report.problem.message}</p>
          )}
          {report.warnings.length > 0 && (
            <ul className="warnings" aria-label={say("add.warnings")}>
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
