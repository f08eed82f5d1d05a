import { complain, joinPath, type Report } from '../../core/issues';

const MAX_TAGS = 50;
const MAX_NAME = 512;
const MAX_VALUE = 256;

/** Azure keeps these for itself. https://learn.microsoft.com/en-us/rest/api/resources/tags/create-or-update */
const RESERVED = /^(microsoft|azure|windows)/i;

/** The rules of a resource's tags. https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations */
export function checkTags(tags: { readonly [name: string]: string }, path: string, report: Report): void {
  const wrong = (at: string, expected: string, got: unknown, fix: string): void => complain(report, 'azure/tags', at, { expected, got, fix });
  const names = Object.keys(tags);
  if (names.length > MAX_TAGS) wrong(path, `at most ${MAX_TAGS} tags`, names.length, 'take some out');
  const seen = new Map<string, string>();
  for (const name of names) {
    const at = joinPath(path, name);
    const value = tags[name] as string;
    if (name === '' || name.length > MAX_NAME || /[<>%&\\?/]/.test(name)) wrong(at, `1 to ${MAX_NAME} characters as its name, without <>%&\\?/`, name, 'rename the tag');
    if (value.length > MAX_VALUE) wrong(at, `a value of at most ${MAX_VALUE} characters`, value, 'shorten it');
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) wrong(at, `another name than ${other}: Azure does not tell upper case from lower`, name, 'take one of them out');
    seen.set(name.toLowerCase(), name);
    if (RESERVED.test(name)) {
      complain(report, 'azure/tag-reserved', at, { expected: 'a name that does not begin with microsoft, azure or windows', got: name, severity: 'warning', fix: 'Azure keeps these for itself: begin it otherwise' });
    }
  }
}
