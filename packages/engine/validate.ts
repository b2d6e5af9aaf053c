import { type CommandName, commands, type Params, Refusal } from '@confab/protocol';
import { Compile } from 'typebox/compile';

interface Problem {
  readonly instancePath: string;
  readonly message: string;
}

interface Validator {
  Check(value: unknown): boolean;
  Errors(value: unknown): Problem[];
}

/** Checks parameters against the command's schema. Validators are compiled when first needed. */
export class Validation {
  private readonly compiled = new Map<CommandName, Validator>();

  /** Throws `Refusal('invalid-params')` that names the first problem. */
  check<Name extends CommandName>(name: Name, params: unknown): Params<Name> {
    let validator = this.compiled.get(name);
    if (validator === undefined) {
      validator = Compile(commands[name].params) as Validator;
      this.compiled.set(name, validator);
    }
    if (validator.Check(params)) return params as Params<Name>;
    const [problem] = validator.Errors(params);
    const path = problem?.instancePath.slice(1).replaceAll('/', '.') || 'params';
    throw new Refusal('invalid-params', { path, problem: problem?.message ?? 'not of the right form' });
  }
}
