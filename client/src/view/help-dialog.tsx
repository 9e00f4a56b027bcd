/** The keyboard map, made from the list of operations. */
import { keyWords, OPERATIONS, type Operation } from "../operations.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Dialog } from "./dialog.tsx";

export function HelpDialog() {
  const say = useText();
  const actions = useActions();
  const open = useApp((state) => state.helpOpen);
  const version = useApp((state) => state.health?.version ?? "");
  const model = useApp((state) => state.health?.model.version ?? "");
  return (
    <Dialog title={say("help.title")} open={open} onClose={() => actions.setHelp(false)}>
      <dl className="keys">
        {OPERATIONS.map(({ id, label, keys }) => (
          <div key={id}>
            <dt>
              {(keys as Operation["keys"]).map((key) => (
                <kbd key={keyWords(key)}>{keyWords(key)}</kbd>
              ))}
            </dt>
            <dd>{say(label)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        Fil rouge {version} · {model}
      </p>
    </Dialog>
  );
}
