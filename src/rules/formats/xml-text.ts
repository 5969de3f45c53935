/** What XML 1.0 cannot hold, not even as a reference (section 2.2): most control characters, halves of pairs, U+FFFE. */
const unfit = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const allUnfit = new RegExp(unfit, 'gu');

const special = /[&<>"\t\n\r]/g;
// A parser turns line ends and tabs in attributes into blanks unless they are references.
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export const fitsXml = (text: string): boolean => !unfit.test(text);

/** The text with U+FFFD in place of what XML cannot hold. */
export const withoutUnfit = (text: string): string => text.replace(allUnfit, '\uFFFD');

/** As the value of an attribute in double quotes. @param text must fit XML */
export const attributeText = (text: string): string =>
  text.replace(special, (character) => references[character]);
