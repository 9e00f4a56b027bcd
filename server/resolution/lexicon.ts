/**
 * Common words in names of bodies, groups, companies and operations, French and English under one concept. General vocabulary: no
 * names. Used by `concept-names.ts` and `events.ts`.
 */

/** Each line: the concept (its English word), then folded words of both languages. Plurals and genders are listed where they differ. */
const CONCEPTS = `
police|polices|policier|policiere|policing
gendarmerie|gendarme|gendarmes
army|armee|armees
forces|force
military|militaire|militaires
navy|marine|naval|navale
air|aerien|aerienne|aeriennes
land|terre
guard|garde
coastguard|cotes
civil|civile|civiles|civilian
prosecutor|parquet|procureur|procureure|prosecutors|prosecution
court|cour|courts|tribunal|tribunaux
justice|judiciaire|judicial
supreme|supreme
appeal|appel|appeals
assize|assises|assizes
cassation
constitutional|constitutionnel|constitutionnelle
criminal|penal|penale|penaux|criminel|criminelle|correctionnel|correctionnelle
commercial|commerce|trade
administrative|administratif
district|arrondissement
regional|regionale|regionaux
region|regions
higher|haute|haut|high
special|speciale|speciaux|specialises
national|nationale|nationaux
federal|federale|federaux
central|centrale|centraux
local|locale|municipal|municipale
international|internationale|internationaux
world|mondial|mondiale|monde|global
european|europeen|europeenne
union|unions
united|unies|unis|uni
nations|nation
council|conseil|conseils
commission|commissions
committee|comite|comites
assembly|assemblee
parliament|parlement|parliamentary|parlementaire
senate|senat
chamber|chambre
ministry|ministere|minister|ministre|department|departement|secretariat
foreign|etrangeres|etrangere|etranger|etrangers|exterieur|exterieures|external
affairs|affaires
interior|interieur|interieure|internal|home
defence|defense
finance|finances|financial|financier|financiere
economy|economie|economic|economique|economics
treasury|tresor
health|sante|maladie|sanitary
education|enseignement
labour|travail|labor
agriculture|agricole|agricultural
environment|environnement|environmental
transport|transports
energy|energie|energies
culture|culturel|cultural
city|ville
mayor|mairie|hall
state|etat|etats
security|securite|surete|safety
cybersecurity|cybersecurite|cyber
intelligence|renseignement|renseignements
service|services
secret|secrets
agency|agence|agences
office|bureau|offices
directorate|direction|directorate
general|generale|generaux
authority|autorite|authorities|autorites
regulator|regulateur
administration
customs|douane|douanes
tax|impots|fiscal|fiscale|revenue
immigration|migration
border|frontiere|frontieres|borders
embassy|ambassade
consulate|consulat
government|gouvernement
presidency|presidence|presidential|presidentielle
crime|crimes|criminalite
cybercrime|cybercriminalite
terrorism|terrorisme|terrorist|terroriste
counterterrorism|antiterroriste|antiterrorisme|counterterrorist|antiterror|antiterrorist
anticorruption
corruption
drug|drugs|drogue|drogues|stupefiants|narcotics
fight|lutte|combat
against|contre|anti
humanity|humanite
war|guerre
peace|paix
rights|droits
right|droit|law
human|homme|humains|humain|humaine
democracy|democratie
democratic|democratique|democrates|democrats|democrate|democrat
republic|republique
republican|republicain|republicains|republicans
socialist|socialiste
communist|communiste
liberal|liberale
people|peuple|peuples|gens|popular|populaire
liberation
liberty|liberte|freedom|libertes
revolutionary|revolutionnaire|revolutionnaires
resistance
movement|mouvement
front|fronts
brigade|brigades
battalion|bataillon|katiba|katibat
company|compagnie|societe|entreprise|companies
group|groupe|groupement|groups
organization|organisation|organisations|organizations
clan|clans
gang|gangs
cartel|cartels
network|reseau|reseaux|networks
party|parti
league|ligue
alliance
coalition
federation
confederation
association|associations
foundation|fondation
institute|institut
university|universite
school|ecole
college
hospital|hopital|hospitaliere|hospitalier
clinic|clinique
centre|center|centres
museum|musee
church|eglise
bank|banque
fund|fonds|caisse
insurance|assurance|assurances
airline|airlines|aerienne
port|ports|harbour|harbor
shipyard|chantier|chantiers|yard|yards|shipyards
yachts
media|medias
press|presse
newspaper|journal|gazette
radio
television|tv|televisions
news|nouvelles|actualites
publishing|editions|publishers|publisher|publications
observatory|observatoire
project|projet|projects
programme|program
testimony|temoignage|temoignages|testimonies
narrative|recit|recits|narratives
digital|numerique|numeriques
data|donnees
mineral|mineraux|minerals|mineral
mining|miniere|mines|mine
gold|or
oil|petrole|petroliere
gas|gaz
steel|acier
dairy|laiterie|laiteries|dairies
water|eau|eaux
corps
legion
shield|bouclier
sword|epee
sun|soleil
star|etoile|stars
black|noir|noire|noirs
red|rouge|rouges
white|blanc|blanche|blancs
green|vert|verte|verts
blue|bleu|bleue|bleus
golden|dore|doree
silver|argent
bronze|airain
iron|fer
new|nouveau|nouvelle|nouveaux
old|ancien|ancienne|vieux
young|jeune|jeunes|youth|jeunesse
north|nord|northern
south|sud|southern
east|est|eastern|orient
west|ouest|western|occident
great|grand|grande|grands|greater
little|petit|petite
three|trois
two|deux
four|quatre
five|cinq
seven|sept
river|riviere|rivieres|rivers|fleuve
mountain|montagne|montagnes|mountains
sea|mer
island|ile|iles|islands
lake|lac
valley|vallee
bridge|pont
delta
desert
islamic|islamique|islamiques
muslim|musulman|musulmans|muslims
christian|chretien|chretienne
jewish|juif|juive
arab|arabe|arabes
defenders|defenseurs
fighters|combattants
soldiers|soldats
brothers|freres
brotherhood|fraternite
sons|fils
women|femmes|woman
workers|travailleurs|ouvriers
journalists|journalistes
reporters
doctors|medecins|doctor
lawyers|avocats
teachers|enseignants
students|etudiants
victims|victimes
survivors|naufrages|rescapes
friends|amis
without|sans
borders|frontieres
watch|vigie
transparency|transparence
amnesty
cross|croix
crescent|croissant
relief|secours
aid|aide
development|developpement
research|recherche|recherches
science|sciences|scientific|scientifique
technology|technologie|technologies
space|spatial|spatiale
nuclear|nucleaire
telecom|telecommunications|telecoms
post|poste
railway|ferroviaire|chemins|railways
road|route
housing|logement
trust
competition|concurrence
privacy|vie privee
information|informations
communication|communications
investigation|enquete|enquetes|investigations|investigative
analysis|analyse
unit|unite|cellule
branch|branche
section
division
team|equipe
joint|commun|commune|conjointe
operation|operations
mission|missions
campaign|campagne
exchange|echange|swap
attack|attaque|attaques|attacks
house|maison
gallery|galerie
market|marche
square|place
clock|horloge
street|rue
shop|boutique
studio|studios
holding|holdings
partners|partenaires
ventures
capital
industries|industrie|industry
shipping|maritime
renewed|renove
renewal|renouveau
renovation
real|reel|veritable
order|ordre
tradition
action
unity
hope|espoir
future|avenir
truth|verite
voice|voix
echo|echos
light|lumiere
shadow|ombre
wolf|loup|wolves|loups
lion|lions
eagle|aigle
bear|ours
falcon|faucon
snake|serpent
dragon
spider|araignee
fire|feu
storm|tempete
wind|vent
rain|pluie
umbrella|parapluie
paper|papier
carbon|carbone
copy|copie
thread|fil
stone|pierre
crown|couronne
hammer|marteau
key|cle|clef
net|filet
mask|masque
mirror|miroir
window|fenetre
door|porte
tower|tour
wall|mur
lighthouse|phare
lamp|lampe
ship|navire
anchor|ancre
storm
winter|hiver
summer|ete
spring|printemps
autumn|automne
night|nuit
day|jour
morning|matin
dawn|aube
silent|muet|muette|silencieux|silencieuse
deaf|sourd|sourde
broken|brise|brisee
cold|froid|froide
hot|chaud|chaude
clean|propre
clear|clair|claire
deep|profond|profonde
dark|sombre
free|libre|libres
`;

const CONCEPT_OF: ReadonlyMap<string, string> = new Map(
  CONCEPTS.trim()
    .split("\n")
    .flatMap((line) => {
      const words = line.split("|");
      const concept = words[0] ?? "";
      return words.filter((word) => !word.includes(" ")).map((word): [string, string] => [word, concept]);
    })
    .reverse(),
);

/** The concept of a folded word; null for a word that is proper to a name. */
export function conceptOf(word: string): string | null {
  return CONCEPT_OF.get(word) ?? null;
}

/** Folded phrases that mean one thing together, replaced before words are looked at. The first that fits wins. */
export const PHRASES: readonly (readonly [string, string])[] = [
  ["office of the public prosecutor", "parquet"],
  ["office of the prosecutor", "parquet"],
  ["office of the attorney general", "parquet general"],
  ["attorney general s office", "parquet general"],
  ["attorney general office", "parquet general"],
  ["attorney general", "parquet general"],
  ["public prosecutor general", "parquet general"],
  ["public prosecutor s office", "parquet"],
  ["public prosecutors office", "parquet"],
  ["public prosecutor office", "parquet"],
  ["public prosecution service", "parquet"],
  ["public prosecutor", "parquet"],
  ["prosecutor s office", "parquet"],
  ["prosecutors office", "parquet"],
  ["prosecutor office", "parquet"],
  ["ministere public", "parquet"],
  ["counter terrorism", "antiterroriste"],
  ["anti terrorist", "antiterroriste"],
  ["anti terroriste", "antiterroriste"],
  ["anti terrorism", "antiterroriste"],
  ["cyber security", "cybersecurite"],
  ["court of appeal", "cour appel"],
  ["court of appeals", "cour appel"],
  ["assize court", "cour assises"],
  ["court of assizes", "cour assises"],
  ["droits de l homme", "droits humains"],
  ["chemin de fer", "chemins"],
  ["red crescent", "croissant rouge"],
  ["special forces", "forces speciales"],
  ["criminal police", "police criminelle"],
  ["police judiciaire", "police judiciaire"],
];

/** Say little of who it is: a name may come with or without them. */
export const WEAK_CONCEPTS: ReadonlySet<string> = new Set(
  "group company organization clan gang network office service services agency holding general directorate national".split(
    " ",
  ),
);

export const SMALL_WORDS: ReadonlySet<string> = new Set(
  (
    "de la le les l du des d et en a au aux pour sur dans par un une of the and for in on at to an by with s al el " +
    "der die das von van y del e do da dos und"
  ).split(" "),
);
