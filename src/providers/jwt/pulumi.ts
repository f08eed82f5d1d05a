import type { Loader } from '../../pulumi/resource';

/** No cloud takes the document: the component shows it to whoever configures the API. */
export const jwt: Loader = () => undefined;
