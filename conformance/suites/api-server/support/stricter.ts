/** Where we refuse what the API server takes: on purpose, by the code of the finding, each with its reason. */
export const STRICTER: { readonly [code: string]: string } = {
  'metadata/annotation-key': 'the server lower-cases an annotation\'s prefix before it checks it, and keeps it as it is; a label of the same key is refused',
  'token/name': 'it is the name of a volume without its prefix; one that is a name by itself stays one when the prefix changes',
  'token/audience': 'the server takes any text, an empty one for its own; a blank is a slip, and the relying party compares byte by byte',
  'token/path': 'the server looks for `..` and a slash at the beginning alone; some of the others the kubelet cannot write, and some lie elsewhere than they say',
  'token/mount-path': 'the server takes any text without a colon; a relative path is not where the variable says, and a mount over / hides the image',
  'token/env': 'the server takes nearly every character; shells and most SDKs cannot read such a variable',
  'identity/collision': 'the server compares mount paths as text, and takes a variable twice; the second silently wins, or the container does not start',
  'rbac/name': 'the server takes any text; a name that no resource or verb has grants nothing, without a word',
  'rbac/empty': 'an empty list of names grants all of them, the opposite of what it says; one of namespaces grants nothing',
  'rbac/scope': 'a rule cannot hold everywhere and in some namespaces; one of the two would be ignored',
};
