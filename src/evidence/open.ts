/** Whether it is an open set that a trust lets in, and not somebody who is named. */
export function isOpen(who: string): boolean {
  return /^(every|everybody|the principals|perhaps)\b|, with every audience\b/.test(who) || who.includes('*');
}
