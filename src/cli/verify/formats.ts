export { jsonOf } from './json';
export { junitOf } from './junit';
export { sarifOf } from './sarif';
export { textOf } from './text';
