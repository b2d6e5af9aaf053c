import * as fc from 'fast-check';

const { CONFAB_TEST_SEED = '20261121' } = process.env;

// Property tests try the same values on every run, so that a run tells of the change and not of the dice. With
// CONFAB_TEST_SEED=random they look further; what they find prints its own seed.
if (CONFAB_TEST_SEED !== 'random') fc.configureGlobal({ seed: Number(CONFAB_TEST_SEED) });
