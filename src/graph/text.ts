/** Text that can be shown on one line: names come from documents of anybody. Line breaks and other characters that have no look become `␤` and `�`. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\r\n|[\n\r\u2028\u2029]/g, '␤').replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, '\ufffd').replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** The text with its middle left out, where it is longer: the beginning says what it is, and the end which one. */
export function clipped(text: string, max: number): string {
  const letters = [...text];
  if (letters.length <= max) return text;
  const end = Math.floor((max - 1) / 2);
  return `${letters.slice(0, max - 1 - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}
