import { type CommandName, commands, Refusal } from '@confab/protocol';
import { Compile, type Validator } from 'typebox/compile';

const validators = new Map<CommandName, Validator>();

/** Lone halves of a character, and the one that no database stores: neither can be text. */
const broken = /\p{Surrogate}|\0/u;

/** @throws `Refusal('invalid-params')` with the first problem. Compiled when first needed: about a millisecond each. */
export function validate(name: CommandName, params: unknown): void {
  let validator = validators.get(name);
  if (validator === undefined) {
    validator = Compile(commands[name].params);
    validators.set(name, validator);
  }
  if (!validator.Check(params)) throw new Refusal('invalid-params', firstProblem(validator, params));
  for (const [key, value] of Object.entries(params as object)) {
    if (typeof value === 'string' && broken.test(value)) {
      throw new Refusal('invalid-params', { path: `/${key}`, problem: 'it has a character that is none' });
    }
  }
}

function firstProblem(validator: Validator, params: unknown): { path: string; problem: string } {
  const found = validator.Errors(params);
  // An unknown property is named first: it is what the other problems often come from.
  const unknown = found.find((error) => error.keyword === 'additionalProperties');
  if (unknown)
    return {
      path: `${unknown.instancePath}/${unknown.params.additionalProperties[0]?.slice(0, 64)}`,
      problem: 'it is not known',
    };
  const error = found.find((each) => each.message !== 'schema is false');
  if (error?.keyword === 'required') {
    return { path: `${error.instancePath}/${error.params.requiredProperties[0]}`, problem: 'it is missing' };
  }
  return { path: error?.instancePath || '/', problem: error?.message ?? 'it has another form' };
}
