/** Names that want to be something else than names in Mermaid, DOT or HTML. */
export const HOSTILE: readonly string[] = [
  'a "quoted" name', 'it\'s', '<script>window.pwned = 1</script>', '<img src=x onerror="window.pwned = 1">', '</script><script>window.pwned = 1</script>', '-->', '<!-- a -->',
  'two\nlines', 'carriage\r\nreturn', 'tab\there', 'emoji 🦊 👩‍👩‍👧', 'back\\slash', 'end', 'a;b', '#35;', '&amp;', '&lt;b&gt;', '%%{init: {"theme":"dark"}}%%', '%% comment',
  'a|b', 'a]b', 'a)b', 'a}b', '"] --> x["', '`code`', '**bold** _x_', '1. first', '- item', '+ item', '* item', '# title', '> quote', 'click x', 'subgraph x', '{{x}}', '$$x$$', '日本語', 'עברית', '\u202eevil', '', ' ',
  'x'.repeat(300), 'style=x', 'href="javascript:window.pwned=1"', 'fa:fa-car', 'a@{shape: x}', 'https://example.com/a?b=c&d=e', '\u0000', '\ud800', ':::x', '\\n', '\\"', '---', '…', 'class x', '__proto__', '*',
];
