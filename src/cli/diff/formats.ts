export { jsonOf } from './json';
export { markdownOf } from './markdown';
export { textOf } from './text';
