/** The steps of a presentation, written in the page: a title, a text, and what is lit meanwhile. */
import type { ViewStep } from "../../../../server/contract/view.ts";
import { litOf } from "../../actions/presentation.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { Icon } from "../marks.tsx";

export function StepsEditor({ steps }: { steps: readonly ViewStep[] }) {
  const say = useText();
  const actions = useActions();
  return (
    <section className="steps-editor">
      <h3>{say("steps.title")}</h3>
      <p className="quiet">{say("steps.help")}</p>
      <ol>
        {steps.map((step, index) => (
          <StepForm key={index} step={step} index={index} last={steps.length - 1} />
        ))}
      </ol>
      <button className="button" onClick={() => actions.addStep(say("steps.new", { n: steps.length + 1 }))}>
        <Icon name="plus" />
        {say("steps.add")}
      </button>
    </section>
  );
}

function StepForm({ step, index, last }: { step: ViewStep; index: number; last: number }) {
  const say = useText();
  const actions = useActions();
  const number = index + 1;
  const lit = useApp((state) => {
    const { nodes, edges } = litOf(state);
    return nodes.length + edges.length > 0;
  });
  return (
    <li className="step-form">
      <div className="step-head">
        <input
          type="text"
          maxLength={200}
          aria-label={say("steps.step.title", { n: number })}
          value={step.title}
          onChange={(event) => actions.changeStep(index, { title: event.target.value })}
        />
        <button
          className="bare"
          disabled={index === 0}
          aria-label={say("steps.up", { n: number })}
          title={say("steps.up", { n: number })}
          onClick={() => actions.moveStep(index, -1)}
        >
          <Icon name="up" />
        </button>
        <button
          className="bare"
          disabled={index === last}
          aria-label={say("steps.down", { n: number })}
          title={say("steps.down", { n: number })}
          onClick={() => actions.moveStep(index, 1)}
        >
          <Icon name="down" />
        </button>
        <button
          className="bare"
          aria-label={say("steps.remove", { n: number })}
          title={say("steps.remove", { n: number })}
          onClick={() => actions.removeStep(index)}
        >
          <Icon name="trash" />
        </button>
      </div>
      <textarea
        rows={2}
        maxLength={5_000}
        aria-label={say("steps.step.text", { n: number })}
        placeholder={say("steps.step.text", { n: number })}
        value={step.text}
        onChange={(event) => actions.changeStep(index, { text: event.target.value })}
      />
      <p className="quiet">
        {step.nodes.length + step.edges.length === 0
          ? say("steps.lights.all")
          : say("steps.lights", {
              nodes: say("nodes", { n: step.nodes.length }),
              links: say("links", { n: step.edges.length }),
            })}{" "}
        <button className="link" onClick={() => actions.aimStep(index)}>
          {say(lit ? "steps.aim" : "steps.aim.all")}
        </button>{" "}
        <button className="link" onClick={() => actions.present(number)}>
          {say("steps.show")}
        </button>
      </p>
    </li>
  );
}
