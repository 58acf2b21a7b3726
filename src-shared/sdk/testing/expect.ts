/** `expect`: the matchers of Vitest, which need nothing of Node and live in a frozen realm. */
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import type { Expect } from './matchers';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** Throws an error that says what was expected, where the value is another. */
export const expect: Expect = chai.expect as unknown as Expect;
