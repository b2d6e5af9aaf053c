import { expect, test } from 'vitest';
import { declaredRules, ruleProblems } from './check-rules.ts';

// Put together, so that this file itself quotes no rule that is not there.
const quote = (rule: string) => `test('[${rule}] something holds', () => {});`;

test('rules are the bold numbers at the head of a list entry', () => {
  expect(declaredRules('- **[L1]** An event. See [L2].\n- **[L2]** A send.\ntext **[L3]**')).toEqual(['L1', 'L2']);
});

test('a rule that a test quotes is fine, one that no test quotes is named', () => {
  expect(ruleProblems(['L1'], new Map([['a.test.ts', quote('L1')]]))).toEqual([]);
  expect(ruleProblems(['L1', 'L2'], new Map([['a.test.ts', quote('L1')]]))).toEqual(['[L2] is quoted by no test']);
});

test('a number that two rules have is named', () => {
  expect(ruleProblems(['L1', 'L1'], new Map([['a.test.ts', quote('L1')]]))).toEqual(['[L1] is two rules']);
});

test('two rules in one title count both', () => {
  expect(ruleProblems(['L1', 'S2'], new Map([['a.test.ts', quote('L1] [S2')]]))).toEqual([]);
});

test('a quote of a rule that does not exist is named with its file', () => {
  expect(ruleProblems([], new Map([['a.test.ts', quote('L99')]]))).toEqual([
    'a.test.ts quotes [L99], which is no rule',
  ]);
});
