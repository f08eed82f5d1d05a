export { jsonOf } from './json';
export { textOf } from './text';
