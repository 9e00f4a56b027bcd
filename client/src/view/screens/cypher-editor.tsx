/** The editor of the console: CodeMirror with Cypher's words in colour, proposals, and faults marked at their place. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useCallback, useEffect, useRef } from "react";
import { proposalsAt, type Proposal } from "../../graph/cypher-completion.ts";
import { useActions, useApp, useStoreOfApp, useText } from "../app-context.tsx";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, class: "cm-word" },
  { tag: [tags.atom, tags.standard(tags.variableName)], class: "cm-name" },
  { tag: tags.string, class: "cm-text" },
  { tag: tags.comment, class: "cm-remark" },
]);

/** The words of the language, but not where they name a property. */
const LANGUAGE = StreamLanguage.define({
  ...cypher,
  token(stream, state) {
    const isProperty = stream.string.charAt(stream.pos - 1) === ".";
    const style = cypher.token(stream, state);
    return isProperty && style === "keyword" ? "variable" : style;
  },
});

const KINDS: Readonly<Record<Proposal["kind"], string>> = {
  label: "class",
  type: "interface",
  property: "property",
  keyword: "keyword",
  function: "function",
  parameter: "variable",
};

export function CypherEditor() {
  const say = useText();
  const actions = useActions();
  const store = useStoreOfApp();
  const view = useRef<EditorView | null>(null);
  const naming = useRef(new Compartment());
  const text = useApp((state) => state.cypher.text);
  const fault = useApp((state) => state.cypher.fault);
  const failed = useApp((state) => state.cypher.answer?.state === "failed");

  const hold = useCallback(
    (parent: HTMLDivElement) => {
      const propose = (context: CompletionContext): CompletionResult | null => {
        const { language, queries } = store.getState();
        const found = proposalsAt(context.state.doc.toString(), context.pos, language);
        const options = (found?.proposals ?? []).map((one): Completion => {
          const { label, kind, detail } = one;
          return { label, type: KINDS[kind], ...(detail === undefined ? {} : { detail }) };
        });
        // Where a query begins, whole queries are proposed too.
        const begun = context.matchBefore(/^[^\n]{0,40}/u);
        const isFirst = begun !== null && begun.from === 0 && context.state.doc.lines === 1;
        if (isFirst && queries?.state === "ready" && !begun.text.includes("(")) {
          const { gallery, saved } = queries.value;
          const whole = [
            ...saved.map(({ id, name, cypher: query }) => ({ name, query, open: () => actions.openSavedQuery(id) })),
            ...gallery.map(({ id, title, query }) => ({
              name: title[language],
              query,
              open: () => void actions.openGalleryQuery(id),
            })),
          ];
          options.push(
            ...whole.map(({ name, open }): Completion => ({ label: name, type: "text", boost: -10, apply: open })),
          );
          if (found === null && !context.explicit && begun.text === "") return null;
          return { from: found === null ? 0 : found.from, options };
        }
        return found === null ? null : { from: found.from, options, validFor: /^[\p{L}\p{N}_]*$/u };
      };
      const editor = new EditorView({
        parent,
        state: EditorState.create({
          doc: store.getState().cypher.text,
          extensions: [
            history(),
            drawSelection(),
            bracketMatching(),
            closeBrackets(),
            LANGUAGE,
            syntaxHighlighting(COLOURS),
            EditorView.lineWrapping,
            autocompletion({ override: [propose], icons: false }),
            keymap.of([
              {
                key: "Mod-Enter",
                run: () => {
                  void actions.runCypher();
                  return true;
                },
              },
              ...closeBracketsKeymap,
              ...completionKeymap,
              ...historyKeymap,
              // Tab is left to the page: whoever steers by keyboard must get out of the editor.
              ...defaultKeymap,
            ]),
            naming.current.of([]),
            EditorView.updateListener.of((update) => {
              if (update.docChanged) actions.setCypher(update.state.doc.toString());
            }),
          ],
        }),
      });
      view.current = editor;
      return () => {
        view.current = null;
        editor.destroy();
      };
    },
    [actions, store],
  );

  useEffect(() => {
    view.current?.dispatch({
      effects: naming.current.reconfigure([
        EditorView.contentAttributes.of({
          id: "cypher",
          "aria-label": say("query.editor"),
          "aria-describedby": "cypher-help",
          "aria-invalid": String(failed),
          spellcheck: "false",
        }),
        placeholder(say("query.placeholder")),
      ]),
    });
  }, [say, failed]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const { length } = editor.state.doc;
    const from = Math.min(fault?.start ?? 0, length);
    const to = Math.max(from, Math.min(fault?.end ?? 0, length));
    const found = fault === null ? [] : [{ from, to, severity: "error" as const, message: fault.message }];
    editor.dispatch(setDiagnostics(editor.state, found));
    if (fault === null) return;
    editor.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    editor.focus();
  }, [fault]);

  return <div className="cypher-editor" ref={hold} />;
}
