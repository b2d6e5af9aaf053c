import type { Report } from '@confab/engine';
import { type ExecutionArgs, type ExecutionResult, execute, GraphQLError, subscribe } from 'graphql';
import { told } from './refusals.ts';

type Many = AsyncGenerator<ExecutionResult, void, void>;

/** Runs what was prepared. Its errors have codes of our list; none tells of a bug more than that there was one. */
export interface Execution {
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<ExecutionResult | Many>;
}

export function createExecution(report: Report): Execution {
  const finish = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: result.errors.map((error) => told(error, report)) } : result;
  return {
    execute: async (args) => finish((await execute(args)) as ExecutionResult),
    async subscribe(args) {
      const result = await subscribe(args);
      return Symbol.asyncIterator in result ? new Finished(result, finish) : finish(result);
    },
  };
}

/** The results of a subscription. Why it failed is its last result, so that both ways of carrying it tell it alike. */
class Finished implements Many {
  private readonly results: AsyncGenerator<ExecutionResult, void, void>;
  private readonly finish: (result: ExecutionResult) => ExecutionResult;
  private failed = false;

  constructor(results: AsyncGenerator<ExecutionResult, void, void>, finish: Finished['finish']) {
    this.results = results;
    this.finish = finish;
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    if (this.failed) return { done: true, value: undefined };
    try {
      const next = await this.results.next();
      return next.done ? next : { done: false, value: this.finish(next.value) };
    } catch (error) {
      this.failed = true;
      const cause = error instanceof GraphQLError ? error : new GraphQLError('internal', { cause: error });
      return { done: false, value: this.finish({ errors: [cause] }) };
    }
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.results.return();
  }

  throw(error: unknown): Promise<IteratorResult<ExecutionResult, void>> {
    return this.results.throw(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.results.return();
  }
}
