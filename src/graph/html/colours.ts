/** Every colour of the page, in the light and in the dark. Tests compute the contrast of each with both grounds. */
export const COLOURS = {
  light: {
    'ground': '#ffffff', 'raised': '#f3f5f8', 'ink': '#1b1f24', 'quiet': '#4c5561', 'line': '#737c88', 'link': '#0550ae',
    'over-broad': '#b3001b', 'stranger': '#b3001b', 'refused': '#8f3b00', 'undecided': '#6639ba', 'unused': '#4c5561', 'admitted': '#116329', 'unlinked': '#4c5561',
  },
  dark: {
    'ground': '#101418', 'raised': '#1b2128', 'ink': '#e8edf2', 'quiet': '#b3bdc8', 'line': '#7d8895', 'link': '#83bdff',
    'over-broad': '#ff9492', 'stranger': '#ff9492', 'refused': '#ffb077', 'undecided': '#d2b0ff', 'unused': '#b3bdc8', 'admitted': '#6fdd8b', 'unlinked': '#b3bdc8',
  },
} as const;
