/** Asks for the password where one is set. */
import { useState } from "react";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Logo } from "./marks.tsx";

export function SignIn() {
  const say = useText();
  const actions = useActions();
  const message = useApp((state) => state.connectionMessage);
  const [password, setPassword] = useState("");
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void actions.signIn(password);
        }}
      >
        <div className="logo">
          <Logo />
          <span>Fil rouge</span>
        </div>
        <h1>{say("signin.title")}</h1>
        <label>
          {say("signin.password")}
          <input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {message !== null && (
          <p className="form-problem" role="alert">
            {message}
          </p>
        )}
        <button className="button primary">{say("signin.go")}</button>
      </form>
    </main>
  );
}
