import { kubectlReading } from '../../src/cli/evidence/kubectl-scalars';

/** As `sigs.k8s.io/yaml` gives them to kubectl: YAML 1.1 of Go. */
test.each<[string, string | number | boolean | null]>([
  ['on', true], ['Yes', true], ['y', true], ['OFF', false], ['n', false], ['true', true], ['False', false],
  ['', null], ['~', null], ['null', null],
  ['0', 0], ['12', 12], ['-3', -3], ['+3', 3], ['1_000', 1000], ['0420', 272], ['0o420', 272], ['0x1F', 31], ['0b101', 5], ['-0x10', -16],
  ['1.5', 1.5], ['.5', 0.5], ['1e3', 1000], ['1.', 1],
  ['12:30', '12:30'], ['2026-01-01', '2026-01-01'], ['1.2.3', '1.2.3'], ['089', 89], ['oNe', 'oNe'], ['yES', 'yES'], ['-', '-'], ['+', '+'], ['.', '.'], ['0x', '0x'], ['12a', '12a'],
])('%s', (text, value) => expect(kubectlReading(text)).toBe(value));
