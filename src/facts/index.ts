export { describe } from './describe';
export { READERS } from './readers';
export type { Described } from './describe';
export type { VendorDocument } from './read';
