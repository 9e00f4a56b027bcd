/**
 * Twenty pages of different layouts, as news sites have built them over the years, each with the text that a reader would call the
 * article. Written for this measurement; their words are invented.
 */
export interface SavedPage {
  layout: string;
  html: string;
  /** Title and paragraphs. */
  expected: string;
}

interface Article {
  title: string;
  paragraphs: readonly string[];
}

const ARTICLES: readonly Article[] = [
  {
    title: "La gare de Trévine fermée après un incendie",
    paragraphs: [
      "La gare de Trévine a été fermée mardi soir après un incendie dans un local technique, a indiqué la préfecture. Personne n’a été blessé.",
      "Selon l’exploitant Ligne Ouest, trois armoires électriques ont brûlé vers 19 heures. Les trains ont été détournés par Morvan jusqu’au lendemain.",
      "Le parquet a ouvert une enquête. Une source proche du dossier évoque un acte volontaire, ce que la police ne confirme pas.",
      "En mars, un local semblable avait brûlé à Saint-Aubert. L’enquête avait conclu à un défaut d’entretien.",
      "Le trafic devrait reprendre jeudi à l’aube, promet l’exploitant, qui s’excuse auprès de ses voyageurs.",
    ],
  },
  {
    title: "Harbour board ousts its director over secret contracts",
    paragraphs: [
      "The harbour board of Lorne voted on Friday to dismiss its director, Helen Marsh, over four contracts that were never put out to tender.",
      "An audit found that the contracts, worth nine million in all, went to two companies which share an address above a laundry.",
      "Ms Marsh denies any wrongdoing. Her lawyer said she had acted on the advice of the board itself and would appeal.",
      "The chairman, Tom Aldous, told reporters that the police had been informed in May and that files had been handed over.",
      "Shipping through the port is not affected. A successor is to be named before the end of the month.",
    ],
  },
];

const MENU = ["Home", "Politics", "World", "Économie", "Sport", "Culture", "Vidéos", "Newsletters", "Subscribe"];
const RELATED = [
  "Lire aussi : le maire annonce un plan pour les transports",
  "What the new budget means for your street",
  "Dix recettes d’automne à essayer ce week-end",
  "Opinion: the river deserves better than another committee",
];
const COMMENTS = [
  "C’était prévisible, cela fait des années que les usagers le disent.",
  "Great reporting, thanks. I worked there and nothing surprises me any more.",
  "Encore un article à charge, vous devriez avoir honte de ce que vous écrivez sur cette ville.",
];
const COOKIES =
  "We and our 812 partners store and access information on your device to personalise content and advertising. You may change your choices at any time.";
const FOOTER = "© Le Courrier. Tous droits réservés. Mentions légales. Contact. Nous recrutons. Plan du site.";

const items = (texts: readonly string[]) => texts.map((text) => `<li><a href="/x">${text}</a></li>`).join("");
const nav = `<nav><ul>${items(MENU)}</ul></nav>`;
const paragraphs = ({ paragraphs: all }: Article) => all.map((one) => `<p>${one}</p>`);
const page = (title: string, body: string, head = "") =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title} | Le Courrier</title>${head}</head><body>${body}</body></html>`;

type Layout = (article: Article) => string;

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "semantic article": (a) =>
    page(
      a.title,
      `<header>${nav}</header><main><article><h1>${a.title}</h1>${paragraphs(a).join("")}</article></main><footer>${FOOTER}</footer>`,
    ),
  "sidebar of teasers": (a) =>
    page(
      a.title,
      `${nav}<div class="row"><div class="col-8"><h1>${a.title}</h1>${paragraphs(a).join("")}</div><aside class="sidebar"><h3>Most read</h3><ul>${items(RELATED)}</ul></aside></div>`,
    ),
  "divisions without paragraphs": (a) =>
    page(
      a.title,
      `<div id="wrap"><div id="nav">${MENU.join(" | ")}</div><div id="story"><h2>${a.title}</h2>${a.paragraphs.map((one) => `<div class="t">${one}</div>`).join("")}</div><div id="foot">${FOOTER}</div></div>`,
    ),
  "breaks instead of paragraphs": (a) =>
    page(
      a.title,
      `<div class="content"><b>${a.title}</b><br><br>${a.paragraphs.join("<br><br>")}</div><div class="footer">${FOOTER}</div>`,
    ),
  "tables of the nineties": (a) =>
    page(
      a.title,
      `<table width="100%"><tr><td colspan="2"><font size="5">Le Courrier</font></td></tr><tr><td width="20%"><ul>${items(MENU)}</ul></td><td><font size="4">${a.title}</font>${paragraphs(a).join("")}</td></tr><tr><td colspan="2">${FOOTER}</td></tr></table>`,
    ),
  "comments below": (a) =>
    page(
      a.title,
      `<article><h1>${a.title}</h1>${paragraphs(a).join("")}</article><section id="comments" class="comments"><h2>3 comments</h2>${COMMENTS.map((one) => `<div class="comment"><p>${one}</p></div>`).join("")}</section>`,
    ),
  "links between the paragraphs": (a) =>
    page(
      a.title,
      `<main><h1>${a.title}</h1>${paragraphs(a)
        .map((one, at) => `${one}<p class="related"><a href="/y">${RELATED[at % RELATED.length] ?? ""}</a></p>`)
        .join("")}</main>`,
    ),
  "cookie wall above": (a) =>
    page(
      a.title,
      `<div id="cookie-consent" role="dialog"><p>${COOKIES}</p><button>Accept</button></div><article><h1>${a.title}</h1>${paragraphs(a).join("")}</article>`,
    ),
  "figures with captions": (a) =>
    page(
      a.title,
      `<article><h1>${a.title}</h1><figure><img src="/a.jpg" alt=""><figcaption>Photo d’illustration. Agence</figcaption></figure>${paragraphs(a).join('<figure><img src="/b.jpg"></figure>')}</article>`,
    ),
  "list of a blog": (a) =>
    page(
      a.title,
      `<div class="hentry"><h2 class="entry-title">${a.title}</h2><div class="entry-content">${paragraphs(a).join("")}</div><div class="sharedaddy">Share this: Facebook X Print</div></div><div class="widget"><h3>Archives</h3><ul>${items(["January", "February", "March"])}</ul></div>`,
    ),
  "live page": (a) =>
    page(
      a.title,
      `<main><h1>${a.title}</h1>${a.paragraphs.map((one, at) => `<section class="post"><time>1${at}:30</time><p>${one}</p></section>`).join("")}</main><footer>${FOOTER}</footer>`,
    ),
  "print version": (a) => page(a.title, `<h1>${a.title}</h1>${paragraphs(a).join("")}<hr><small>${FOOTER}</small>`),
  "sections with headings": (a) =>
    page(
      a.title,
      `${nav}<article><header><h1>${a.title}</h1></header>${paragraphs(a)
        .map((one, at) => (at === 2 ? `<section>${one}</section>` : one))
        .join("")}</article><aside>${RELATED.join(" ")}</aside>`,
    ),
  "mobile page": (a) =>
    page(
      a.title,
      `<amp-sidebar id="s">${MENU.join(" ")}</amp-sidebar><article class="amp-wp-article"><h1>${a.title}</h1><div class="amp-wp-article-content">${paragraphs(a).join("")}</div></article><amp-ad>Advertisement</amp-ad>`,
    ),
  "press release": (a) =>
    page(
      a.title,
      `<div role="main"><h1>${a.title}</h1>${paragraphs(a).join("")}<h3>Contact presse</h3><p>presse@example.org</p></div>`,
    ),
  "deep nesting": (a) =>
    page(
      a.title,
      `${"<div>".repeat(40)}<h1>${a.title}</h1>${paragraphs(a).join("")}${"</div>".repeat(40)}<ul>${items(RELATED)}</ul>`,
    ),
  "newsletter box inside": (a) => {
    const all = paragraphs(a);
    const box = `<div class="newsletter-signup"><h4>Newsletter</h4><p>Recevez chaque matin l’essentiel de l’actualité de votre région dans votre boîte mail.</p><form><input type="email"></form></div>`;
    return page(
      a.title,
      `<article><h1>${a.title}</h1>${[...all.slice(0, 2), box, ...all.slice(2)].join("")}</article>`,
    );
  },
  "quotations as blocks": (a) => {
    const [first = "", ...rest] = a.paragraphs;
    return page(
      a.title,
      `<article><h1>${a.title}</h1><p>${first}</p><blockquote><p>${rest[0] ?? ""}</p></blockquote>${rest
        .slice(1)
        .map((one) => `<p>${one}</p>`)
        .join("")}</article><footer>${FOOTER}</footer>`,
    );
  },
  "more links than text around": (a) =>
    page(
      a.title,
      `${nav}${nav}<ul class="hot">${items([...RELATED, ...RELATED, ...MENU])}</ul><div itemprop="articleBody"><h1>${a.title}</h1>${paragraphs(a).join("")}</div><ul>${items([...MENU, ...RELATED, ...RELATED])}</ul>`,
      '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
    ),
  "scripts and styles within": (a) =>
    page(
      a.title,
      `<main><h1>${a.title}</h1>${paragraphs(a).join('<script>window.ads = ["slot"];</script><style>.ad { color: red }</style><div class="ad">Publicité</div>')}</main>`,
    ),
};

export function savedPages(): SavedPage[] {
  return Object.entries(LAYOUTS).map(([layout, write], index) => {
    const article = ARTICLES[index % ARTICLES.length] ?? { title: "", paragraphs: [] };
    return { layout, html: write(article), expected: [article.title, ...article.paragraphs].join("\n") };
  });
}
