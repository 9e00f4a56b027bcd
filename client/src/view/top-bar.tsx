/** The bar at the top: name, search, screens, adding, samples, language and theme. */
import type { Screen } from "../state.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon, Logo } from "./marks.tsx";
import { Popover } from "./popover.tsx";
import { SearchBox } from "./search-box.tsx";

const SCREENS: readonly Screen[] = ["graph", "table", "query", "review"];

export function TopBar() {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const theme = useApp((state) => state.theme);
  const screen = useApp((state) => state.screen);
  const other = language === "fr" ? "en" : "fr";
  const themeLabel = say(theme === "light" ? "theme.dark" : "theme.light");
  return (
    <header className="top-bar">
      <button
        className="logo"
        onClick={() => void actions.openOverview()}
        aria-label={`Fil rouge. ${say("overview.back")}`}
      >
        <Logo />
        <span>Fil rouge</span>
      </button>
      <SearchBox />
      <nav className="screens" aria-label={say("screens")}>
        {SCREENS.map((one) => (
          <button
            key={one}
            aria-current={screen === one ? "page" : undefined}
            onClick={() => (one === "review" ? void actions.openReview() : actions.setScreen(one))}
          >
            {say(`screen.${one}`)}
          </button>
        ))}
      </nav>
      <div className="top-end">
        <SamplesBadge />
        <button className="button primary" onClick={actions.openIngestion}>
          <Icon name="plus" />
          <span className="wide-only">{say("add")}</span>
          <span className="narrow-only unseen">{say("add")}</span>
        </button>
        <button
          className="bare"
          onClick={() => void actions.openViews()}
          aria-label={say("views.title")}
          title={say("views.title")}
        >
          <Icon name="bookmark" />
        </button>
        <button
          className="bare"
          onClick={() => void actions.openArticles(false)}
          aria-label={say("action.articles")}
          title={say("action.articles")}
        >
          <Icon name="articles" />
        </button>
        <button className="bare" onClick={() => actions.setHelp(true)} aria-label={say("help")} title={say("help")}>
          <Icon name="help" />
        </button>
        <button
          className="bare"
          onClick={() => actions.setTheme(theme === "light" ? "dark" : "light")}
          aria-label={themeLabel}
          title={themeLabel}
        >
          <Icon name={theme === "light" ? "moon" : "sun"} />
        </button>
        <button
          className="bare language"
          lang={other}
          onClick={() => actions.setLanguage(other)}
          aria-label={say("language.switch")}
          title={say("language.switch")}
        >
          {other.toUpperCase()}
        </button>
      </div>
    </header>
  );
}

function SamplesBadge() {
  const say = useText();
  const actions = useActions();
  const samples = useApp((state) => state.health?.collections.find((one) => one.name === "samples")?.documents ?? 0);
  if (samples === 0) return null;
  return (
    <Popover className="samples" label={say("samples.badge")} trigger={say("samples.badge")}>
      {(close) => (
        <>
          <p>{say("samples.help", { n: samples })}</p>
          <button
            className="button"
            onClick={() => {
              close();
              void actions.removeSamples();
            }}
          >
            {say("samples.remove")}
          </button>
        </>
      )}
    </Popover>
  );
}
