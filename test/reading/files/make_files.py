"""Makes the files of this folder with other programs than the ones that read them. All texts are invented and ours.

PDF: Chromium prints HTML (`chromium --headless --print-to-pdf`); pypdf encrypts one. DOCX: python-docx. Mail: Python's `email`.
Run in a virtual environment with python-docx, pypdf and cryptography; the files are committed, so that tests need none of it.
"""

import subprocess
import sys
import tempfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from pypdf import PdfReader, PdfWriter

HERE = Path(__file__).parent

COMMUNIQUE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>communique-v3-FINAL.doc</title><style>
@page { size: A4; margin: 22mm 25mm; @top-center { content: "Parquet de Varenne – communiqué de presse"; font: 9pt sans-serif }
@bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif } }
body { font: 12pt/1.45 serif; text-align: justify; hyphens: auto; width: 105mm } h1 { font-size: 20pt; text-align: left } </style>
<h1>Un réseau de faux sites démantelé par la police judiciaire de Varenne</h1>
<p>VARENNE, le 14 mars 2023 – La police judiciaire de Varenne a démantelé mardi un réseau de quarante-deux faux sites d’information,
a annoncé la procureure Odile Marchetti. Deux administrateurs ont été interpellés à Saint-Aubert et placés en garde à vue.</p>
<p>Selon la porte-parole du parquet, l’infrastructure était louée par la société Nordlicht Hosting, établie à Lübeck. L’enquête, ouverte
en septembre 2022 après une plainte du quotidien Le Fanal, a associé l’Office central de lutte contre la cybercriminalité et
l’agence européenne Europol.</p>
<ul><li>quarante-deux noms de domaine ont été saisis ;</li><li>trois serveurs ont été copiés à Lübeck ;</li>
<li>soixante mille euros en cryptomonnaies ont été bloqués.</li></ul>
<p>Les enquêteurs soupçonnent les deux hommes d’avoir travaillé pour l’agence de communication Argos Media, que dirige l’homme d’affaires
Lucas Ferrand. Celui-ci dément toute responsabilité dans la création des sites et a indiqué par la voix de son avocat qu’il se tenait à la
disposition de la justice. « Mon client n’a jamais demandé ni payé la moindre publication », a déclaré l’avocat Karim Bensalem.</p>
<p>La procureure a précisé que les deux suspects seraient présentés jeudi à un juge d’instruction. Ils encourent sept ans
d’emprisonnement. Une information judiciaire sera ouverte des chefs d’escroquerie en bande organisée, d’usurpation d’identité et
d’accès frauduleux à un système de traitement automatisé de données. Le ministère de l’Intérieur a salué la coopération des services
allemands, sans laquelle les serveurs n’auraient pas pu être copiés avant leur effacement programmé pour la fin de la semaine.</p>
<p>Le Fanal, dont la mise en page avait été imitée, a fait savoir qu’il se constituerait partie civile. Sa directrice, Inès Vauquelin, a
demandé aux plateformes Telegram et Facebook de retirer les copies qui circulent encore. La plateforme vidéo Clipo a déjà supprimé
onze chaînes liées au réseau, dont deux comptaient plus de cent mille abonnés au moment de leur fermeture.</p></html>"""

COLUMNS = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
@page { size: A4; margin: 20mm } body { font: 10.5pt/1.4 serif; text-align: justify; hyphens: auto }
main { columns: 2; column-gap: 10mm } h1 { font-size: 22pt } h2 { font-size: 13pt } p { margin: 0; text-indent: 1.2em }</style>
<h1>Slow tide: how a shipping registry hid a fleet</h1><main>
<p>The Harbour Registry of Port Selwyn removed eleven tankers from its books on Monday, after investigators of the Maritime
Transparency Unit found that they had been operated by a front company for Castellan Energy.</p>
<p>Investigators say that the ships changed their names at least three times between 2019 and 2022. Each time, ownership passed to a
newly registered company whose only director was Matteo Varga, a former dockworker who told this newspaper that he had never seen a tanker
from the inside.</p><h2>A desk in a laundry</h2>
<p>The address of the four companies is a laundry in the old town. Its manager, Ruth Adeyemi, said that letters arrive every week and
that nobody comes to collect them. She handed thirty-seven of these letters to the counter-fraud office, which opened an investigation
in January 2023.</p>
<p>Castellan Energy denies that it controls the ships. Its spokeswoman, Helen Marsh, said the company had chartered two of the
vessels once and had ended the contract when it learnt of their ownership. The registry rejected that account as incomprehensible.</p>
<p>The Ministry of Transport said on Tuesday that it would cooperate with the authorities of Lorne and Tresk, where two of the tankers
were seized last month. A court in Tresk has charged the captain of the Meridian Star with the falsification of documents.</p>
<p>Environmental groups had warned of the fleet since 2021. The Clean Channel Coalition published satellite pictures in which three of
the ships transfer oil at night, eleven miles off the coast, with their transponders switched off. The coast guard confirmed the
transfers but found no spill.</p></main></html>"""

REPORT_PAGES = [
    ("The Slate Group bought the regional radio Onda Clara in 2016 through a foundation in Vaduz.", "Radio"),
    ("The foundation is led by Teresa Almqvist, a former adviser of the Ministry of Information.", "Foundation"),
    ("In 2018 the Slate Group founded the news site Daily Meridian, which repeated the statements of the ministry.", "Sites"),
    ("The watchdog Open Frequency accused the group of having paid two editors of Onda Clara.", "Payments"),
]

SCAN = """<!doctype html><html><style>@page { size: A4; margin: 0 } img { width: 180mm; height: 240mm }</style><img src="data:image/svg+xml;base64,{svg}"></html>"""


def report() -> str:
    filler = (
        "The documents that were seen for this report cover the years 2014 to 2020. They were compared with the public "
        "registers of three countries and with interviews of former employees, who asked not to be named. "
    )
    pages = "".join(
        f"<section><h2>{number}. {title}</h2><p>{first} {filler * 3}</p><p>{filler * 4}</p></section>"
        for number, (first, title) in enumerate(REPORT_PAGES, 1)
    )
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Who owns the airwaves</title><style>
@page {{ size: A4; margin: 25mm; @top-left {{ content: "Institute for Open Media" }} @top-right {{ content: "Report 7/2021" }}
@bottom-center {{ content: "– " counter(page) " –" }} }} section {{ break-after: page }} body {{ font: 11pt/1.5 sans-serif }}</style>
<h1>Who owns the airwaves</h1>{pages}</html>"""


def print_pdf(html: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", page.as_uri()],
            check=True, capture_output=True, timeout=180,
        )


def scan_page() -> str:
    # A picture of a page: one that holds no letters for certain.
    from base64 import b64encode
    import struct
    import zlib

    rows = b"".join(b"\0" + bytes(255 if (x // 7 + y // 3) % 5 else 40 for x in range(120)) for y in range(160))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 160, 8, 0, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return SCAN.replace("svg+xml", "png").replace("{svg}", b64encode(png).decode())


def make_pdfs() -> None:
    print_pdf(COMMUNIQUE, HERE / "communique.pdf")
    print_pdf(COLUMNS, HERE / "columns.pdf")
    print_pdf(report(), HERE / "report.pdf")
    print_pdf(scan_page(), HERE / "scan.pdf")
    writer = PdfWriter(clone_from=PdfReader(HERE / "columns.pdf"))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(HERE / "encrypted.pdf")


def make_word_files() -> None:
    note = docx.Document()
    note.core_properties.title = "Modèle de note"
    note.core_properties.author = "Service presse"
    note.add_heading("Note sur la filiale de Castellan à Varenne", level=0)
    note.add_paragraph("Varenne, le 3 mai 2022")
    note.add_paragraph("La société Castellan Énergie a racheté en avril le terminal pétrolier de Varenne, selon le greffe du tribunal de commerce.")
    note.add_heading("Ce que l’on sait", level=1)
    for item in ["Le terminal est dirigé par Paul Lenoir.", "Castellan Énergie détient soixante pour cent des parts."]:
        note.add_paragraph(item, style="List Bullet")
    table = note.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ["Société", "Pays", "Parts"]):
        cell.text = text
    for row in [["Castellan Énergie", "France", "60 %"], ["Nordlicht Holding", "Allemagne", "40 %"]]:
        for cell, text in zip(table.add_row().cells, row):
            cell.text = text
    note.add_paragraph("Le ministère de l’Industrie examine l’opération.")
    note.save(HERE / "note.docx")

    wire = docx.Document()
    wire.add_paragraph("PORT SELWYN, March 3, 2022 - Coast guards seized the tanker Meridian Star on Thursday, the registry said.")
    paragraph = wire.add_paragraph("The ship was ")
    paragraph.add_run("owned").bold = True
    paragraph.add_run(" by Castellan Energy until 2019, ")
    paragraph.add_run("according to investigators").italic = True
    paragraph.add_run(".")
    deleted = OxmlElement("w:del")
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = " This sentence was struck out by the desk."
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    wire.save(HERE / "dispatch.docx")

    minutes = docx.Document()
    minutes.sections[0].header.paragraphs[0].text = "CONFIDENTIAL – do not circulate"
    minutes.add_heading("Minutes of the steering group", level=1)
    minutes.add_heading("Attendance", level=2)
    minutes.add_paragraph("Helen Marsh (Castellan Energy) and Teresa Almqvist (Slate Group) met in Lorne on 12 June 2021.")
    for step in ["The Slate Group will fund the campaign.", "Castellan Energy will not be named."]:
        minutes.add_paragraph(step, style="List Number")
    minutes.add_page_break()
    minutes.add_paragraph("The next meeting will be held in Tresk.")
    minutes.save(HERE / "minutes.docx")
    with zipfile.ZipFile(HERE / "minutes.docx") as source, zipfile.ZipFile(HERE / "macros.docm", "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item, data)
        target.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 not a real macro")


def make_mails() -> None:
    alert = EmailMessage()
    alert["From"] = "Agence Médiane <depeches@mediane.example>"
    alert["To"] = "redaction@fanal.example"
    alert["Subject"] = "Varenne : le préfet suspend le directeur du port"
    alert["Date"] = "Tue, 14 Mar 2023 23:30:00 -0500"
    alert.set_content(
        "Le préfet de Varenne a suspendu lundi le directeur du port, Paul Lenoir,\nsoupçonné d’avoir favorisé la société Castellan Énergie.\n\n"
        "Le syndicat des dockers a salué la décision.\n", charset="windows-1252", cte="quoted-printable")
    alert.add_attachment(b"%PDF-1.4 not opened", maintype="application", subtype="pdf", filename="arrêté.pdf")
    (HERE / "alerte.eml").write_bytes(alert.as_bytes())

    letter = EmailMessage()
    letter["From"] = "newsletter@meridian.example"
    letter["Subject"] = "Castellan names a new chairman"
    letter["Date"] = "Fri, 3 Jun 2022 07:00:00 +0000"
    letter.set_content("Open this mail in your browser.")
    letter.add_alternative(
        "<html><body><table><tr><td><h1>Castellan names a new chairman</h1><p>The board of Castellan Energy appointed "
        "Helen Marsh as chairwoman on Friday, replacing Viktor Oss.</p><p>Shareholders had asked for the change "
        "since the seizure of the tanker Meridian Star in March.</p></td></tr></table></body></html>", subtype="html")
    (HERE / "newsletter.eml").write_bytes(letter.as_bytes())

    forward = EmailMessage()
    forward["From"] = "Ruth Adeyemi <ruth@laundry.example>"
    forward["Subject"] = "Fwd: letters"
    forward["Date"] = "Mon, 9 Jan 2023 10:15:00 +0100"
    forward.set_content("Here is the letter that arrived today.\n\n> The companies of Matteo Varga were founded in Lorne.\n> They owe the harbour of Port Selwyn two million crowns.\n")
    forward.add_attachment(alert)
    (HERE / "forward.eml").write_bytes(forward.as_bytes())


if __name__ == "__main__":
    wanted = set(sys.argv[1:]) or {"pdf", "word", "mail"}
    if "pdf" in wanted:
        make_pdfs()
    if "word" in wanted:
        make_word_files()
    if "mail" in wanted:
        make_mails()
