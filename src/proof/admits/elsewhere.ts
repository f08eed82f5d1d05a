import type { ContainerView } from '../pods';

/** Whether a variable says anything, here or elsewhere: SDKs take the empty text for none, and charts write it often. */
export function holds({ env }: ContainerView, variable: string): boolean {
  return env.has(variable) && env.get(variable) !== '';
}

/** Of variables that decide whom a container asks: that one of them is there, and its value is in an object that nobody can read here. */
export function comesFromElsewhere({ name, env }: ContainerView, variables: readonly string[]): string | undefined {
  const found = variables.find(variable => env.has(variable) && env.get(variable) === undefined);
  return found === undefined ? undefined : `${found} of the container ${name} comes from elsewhere`;
}

/** That variables which would change whom a container asks may be among those that nobody can read here. */
export function mayComeFromElsewhere({ name, unread }: ContainerView, what: string): string | undefined {
  return unread.length === 0 ? undefined : `the container ${name} takes variables from ${unread.join(', ')}, which may hold ${what}`;
}
