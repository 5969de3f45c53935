/**
 * Gauss's 2F1(a, b; c; z) for 0 ≤ z < 1 by its series (Abramowitz and Stegun 15.1.1), and where that overflows by Euler's
 * transform (15.3.3): (1 − z)^(c − a − b) 2F1(c − a, c − b; c; z).
 */
export function hypergeometric2F1(a: number, b: number, c: number, z: number): number {
  const plain = series(a, b, c, z);
  return Number.isFinite(plain) ? plain : (1 - z) ** (c - a - b) * series(c - a, c - b, c, z);
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; term !== 0 && Number.isFinite(sum); n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    if (sum + term === sum && n > 50) break;
    sum += term;
  }
  return sum;
}
