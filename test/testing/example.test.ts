/** The tests of the example, as its users would run them. */
import '../../examples/tested-repo/identities.test';
