/**
 * Scores → confidences that mean what they say: the scales of `model.json`, fitted on articles that the model has not seen.
 */

export interface Scale {
  a: number;
  b: number;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

const SMALLEST = 1e-6;

export function logitOf(probability: number): number {
  const p = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
  return Math.log(p / (1 - p));
}

/** Rounded to four digits: more would be noise, and every machine should print the same. */
export function calibrated(scale: Scale, logit: number): number {
  return Math.round(sigmoid(scale.a * logit + scale.b) * 10_000) / 10_000;
}

/** Index of the largest of `width` values of a row, and the share that `index` has of their softmax. */
export function argmax(values: Float32Array, row: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index += 1) {
    if ((values[row * width + index] ?? -Infinity) > (values[row * width + best] ?? -Infinity)) best = index;
  }
  return best;
}

export function softmaxAt(values: Float32Array, row: number, width: number, index: number): number {
  const at = row * width;
  const chosen = values[at + index] ?? -Infinity;
  let sum = 0;
  for (let other = 0; other < width; other += 1) sum += Math.exp((values[at + other] ?? -Infinity) - chosen);
  return 1 / sum;
}
