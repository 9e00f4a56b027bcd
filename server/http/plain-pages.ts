/**
 * The two pages that stand before the built one: signing in, and "not built yet". Without scripts, in both languages.
 */

const TEXTS = {
  fr: {
    signIn: "Connexion",
    password: "Mot de passe",
    enter: "Entrer",
    wrong: "Le mot de passe est faux.",
    wait: "Trop d’essais. Attendez dix minutes.",
    notBuilt: "La page n’est pas construite",
    build:
      "Lancez <code>npm ci</code> puis <code>npm start</code> dans le dossier du programme. L’API répond déjà sous <code>/api</code>.",
  },
  en: {
    signIn: "Sign in",
    password: "Password",
    enter: "Enter",
    wrong: "The password is wrong.",
    wait: "Too many attempts. Wait ten minutes.",
    notBuilt: "The page is not built",
    build:
      "Run <code>npm ci</code>, then <code>npm start</code>, in the program's folder. The API answers already under <code>/api</code>.",
  },
} as const;

/** `to` is a path of this program that the person wanted to see. */
export function loginPage(language: "fr" | "en", fault: string | null, to: string): string {
  const texts = TEXTS[language];
  const told = fault === null ? "" : `<p role="alert">${fault === "rate_limited" ? texts.wait : texts.wrong}</p>`;
  return page(
    language,
    texts.signIn,
    `<form method="post" action="/login${to === "/" ? "" : `?to=${encodeURIComponent(to)}`}">
<label>${texts.password} <input type="password" name="password" required autofocus autocomplete="current-password"></label>
<button>${texts.enter}</button>
${told}</form>`,
  );
}

export function notBuiltPage(language: "fr" | "en"): string {
  const texts = TEXTS[language];
  return page(language, texts.notBuilt, `<p>${texts.build}</p>`);
}

function page(language: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Fil rouge</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { display: grid; place-content: center; min-height: 90vh; margin: 0 1rem; }
form { display: grid; gap: 0.75rem; }
label { display: grid; gap: 0.25rem; }
input, button { font: inherit; padding: 0.5rem 0.75rem; }
[role="alert"] { color: #b3261e; margin: 0; }
</style>
<main>
<h1>Fil rouge</h1>
<h2>${title}</h2>
${content}
</main>
</html>
`;
}
