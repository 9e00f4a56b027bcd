/** Tools at the side of the canvas: steps, layout and sizes, camera, picture. */
import { LAYOUTS } from "../graph/layouts/registry.ts";
import { METRICS } from "../graph/metrics.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";
import { Popover } from "./popover.tsx";
import { savePicture } from "./save-file.ts";

export function Toolbar() {
  const say = useText();
  const actions = useActions();
  const canUndo = useApp((state) => state.history.past.length > 0);
  const canRedo = useApp((state) => state.history.future.length > 0);
  const last = useApp((state) => state.history.present.label);
  const layout = useApp((state) => state.layout.kind);
  const sizeBy = useApp((state) => state.sizeBy);
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
          </>
        )}
      </Popover>
      <button onClick={savePicture} aria-label={say("action.image")} title={say("action.image")}>
        <Icon name="image" />
      </button>
    </div>
  );
}
