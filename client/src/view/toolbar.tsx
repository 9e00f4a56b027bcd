/** Tools at the side of the canvas: steps, layout and sizes, camera, picture. */
import { LAYOUTS } from "../graph/layouts/registry.ts";
import { COLOURINGS, METRICS } from "../graph/metrics.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";
import { Popover } from "./popover.tsx";
import { exportAddress, EXPORTS, SHOWN_EXPORTS } from "../api.ts";
import { formatWords } from "./panel/views-panel.tsx";
import { savePicture } from "./save-file.ts";

export function Toolbar() {
  const say = useText();
  const actions = useActions();
  const canUndo = useApp((state) => state.history.past.length > 0);
  const canRedo = useApp((state) => state.history.future.length > 0);
  const last = useApp((state) => state.history.present.label);
  const layout = useApp((state) => state.layout.kind);
  const sizeBy = useApp((state) => state.sizeBy);
  const colourBy = useApp((state) => state.colourBy);
  const undoLabel = canUndo ? `${say("action.undo")}: ${say(last.key, last.parameters)}` : say("action.undo");
  return (
    <div className="toolbar" role="toolbar" aria-label={say("graph.label")}>
      <button onClick={actions.undo} disabled={!canUndo} aria-label={undoLabel} title={undoLabel}>
        <Icon name="undo" />
      </button>
      <button onClick={actions.redo} disabled={!canRedo} aria-label={say("action.redo")} title={say("action.redo")}>
        <Icon name="redo" />
      </button>
      <button onClick={actions.fit} aria-label={say("action.fit")} title={say("action.fit")}>
        <Icon name="fit" />
      </button>
      <Popover
        label={say("layout")}
        trigger={
          <>
            <Icon name="arrange" />
            <span className="unseen">{say("layout")}</span>
          </>
        }
      >
        {(close) => (
          <>
            <fieldset>
              <legend>{say("layout")}</legend>
              <div className="choices">
                {LAYOUTS.map((one) => (
                  <button
                    key={one}
                    aria-pressed={layout === one}
                    onClick={() => {
                      close();
                      actions.runLayout(one);
                    }}
                  >
                    {say(`layout.${one}`)}
                  </button>
                ))}
              </div>
            </fieldset>
            <fieldset>
              <legend>{say("size.by")}</legend>
              <div className="choices">
                {METRICS.map((one) => (
                  <button key={one} aria-pressed={sizeBy === one} onClick={() => actions.setSizeBy(one)}>
                    {say(`size.${one}`)}
                  </button>
                ))}
              </div>
            </fieldset>
            <fieldset>
              <legend>{say("colour.by")}</legend>
              <div className="choices">
                {COLOURINGS.map((one) => (
                  <button key={one} aria-pressed={colourBy === one} onClick={() => actions.setColourBy(one)}>
                    {say(`colour.${one}`)}
                  </button>
                ))}
              </div>
            </fieldset>
          </>
        )}
      </Popover>
      <StepsMenu />
      <SaveMenu />
    </div>
  );
}

function StepsMenu() {
  const say = useText();
  const actions = useActions();
  const history = useApp((state) => state.history);
  if (history.past.length + history.future.length === 0) return null;
  const steps = [...history.past, history.present, ...history.future];
  const present = history.past.length;
  return (
    <Popover
      label={say("history")}
      trigger={
        <>
          <Icon name="steps" />
          <span className="unseen">{say("history")}</span>
        </>
      }
    >
      {(close) => (
        <ol className="steps" aria-label={say("history")}>
          {steps.map(({ label }, index) => (
            <li key={`${index} ${label.key}`}>
              <button
                className="row"
                aria-current={index === present ? "step" : undefined}
                onClick={() => {
                  close();
                  actions.jump(index - present);
                }}
              >
                {say(label.key, label.parameters)}
              </button>
            </li>
          ))}
        </ol>
      )}
    </Popover>
  );
}

function SaveMenu() {
  const say = useText();
  const actions = useActions();
  const filter = useApp((state) => state.filter);
  return (
    <Popover
      label={say("save")}
      trigger={
        <>
          <Icon name="save" />
          <span className="unseen">{say("save")}</span>
        </>
      }
    >
      {(close) => (
        <>
          <fieldset>
            <legend>{say("export.picture")}</legend>
            <div className="choices">
              {(["png", "svg"] as const).map((format) => (
                <button
                  key={format}
                  className="button"
                  onClick={() => {
                    close();
                    savePicture(format);
                  }}
                >
                  <Icon name="image" />
                  {format.toUpperCase()}
                </button>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{say("export.shown")}</legend>
            <div className="choices">
              {SHOWN_EXPORTS.map((format) => (
                <button
                  key={format}
                  className="button"
                  onClick={() => {
                    close();
                    void actions.exportShown(format);
                  }}
                >
                  {formatWords(format, say)}
                </button>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{say("export")}</legend>
            <div className="choices">
              {EXPORTS.map((format) => (
                <a key={format} className="button" href={exportAddress(format, filter)} download>
                  {format.toUpperCase()}
                </a>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </Popover>
  );
}
