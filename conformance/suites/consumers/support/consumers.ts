import { missing, Project, type Consumer } from './project';
import { notRun } from '../../support/report';

/** Its name, and what is said of it where it cannot be had. */
export type NamedConsumer = readonly [title: string, consumer: Consumer];

/**
 * Tests of one kind of project, for each consumer. The project is there while they run, and before them everything is in
 * it that `prepare` puts there.
 */
export function describeConsumers(what: string, consumers: readonly NamedConsumer[], tests: (project: () => Project, title: string) => void): void {
  describe.each(consumers)(`${what}: %s`, (title, consumer) => {
    const reason = missing(consumer);
    if (reason !== undefined) {
      notRun('consumers', `${what}: ${title}`, reason);
      test.skip('nothing', () => undefined);
      return;
    }
    let project: Project;
    beforeAll(() => { project = new Project(consumer); });
    afterAll(() => project.remove());
    tests(() => project, title);
  });
}
