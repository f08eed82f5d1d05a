import { missing, Project, type Consumer } from './project';
import { testUnless } from '../../support/report';

/** Its name, and what is said of it where it cannot be had. */
export type NamedConsumer = readonly [title: string, consumer: Consumer];

/**
 * Tests of one kind of project, for each consumer. The project is there while they run, and before them everything is in
 * it that `prepare` puts there.
 */
export function describeConsumers(what: string, consumers: readonly NamedConsumer[], tests: (project: () => Project, title: string) => void): void {
  for (const [title, consumer] of consumers) {
    const reason = missing(consumer);
    if (reason === undefined) {
      describe(`${what}: ${title}`, () => {
        let project: Project;
        beforeAll(() => { project = new Project(consumer); });
        afterAll(() => project.remove());
        tests(() => project, title);
      });
    } else {
      testUnless(reason, 'consumers', `${what}: ${title}`, () => undefined);
    }
  }
}
