/**
 * Names by their sound: one form for the spellings that French and English give to a foreign word. Stands under `person-names.ts`
 * and `concept-names.ts`.
 */

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ou|oo/g, "u"],
  [/w/g, "u"],
  [/sch|tch|tsh|ch|sh/g, "S"],
  [/dzh|dj|zh/g, "j"],
  [/kh|ck|q/g, "k"],
  [/ph/g, "f"],
  [/([dtgr])h/g, "$1"],
  [/gu(?=[ei])/g, "g"],
  [/x/g, "ks"],
  [/c(?=[ei])/g, "s"],
  [/c/g, "k"],
  [/y/g, "i"],
  [/ee/g, "i"],
  [/(\p{L})\1+/gu, "$1"],
];
const VOWELS = /[aeiou]/g;
const SILENT_END_LENGTH = 4;

/** A folded word as it sounds: "sergueï" and "sergei", "choubine" and "shubin" are one. Letters that differ only by spelling meet. */
export function soundOf(word: string): string {
  let sound = word;
  for (const [spelling, plain] of SOUNDS) sound = sound.replace(spelling, plain);
  return sound.length >= SILENT_END_LENGTH ? sound.replace(/e$/, "") : sound;
}

/** The consonants of the sound, with a mark for a vowel at the beginning: what transliterations agree on. */
export function skeletonOf(word: string): string {
  const sound = soundOf(word);
  const consonants = sound.replace(VOWELS, "");
  return /^[aeiou]/.test(sound) ? `a${consonants}` : consonants;
}
