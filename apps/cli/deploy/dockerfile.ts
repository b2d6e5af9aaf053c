import { DockerfileParser, type Instruction, ModifiableInstruction } from 'dockerfile-ast';

/** One instruction as the builder sees it: continued lines are one, and heredocs and variables are not used. */
export interface Step {
  readonly keyword: string;
  /** Everything after the keyword. */
  readonly text: string;
  /** The words that are not flags. */
  readonly words: readonly string[];
  /** `--from=build` as `from` → `build`. */
  readonly flags: ReadonlyMap<string, string>;
}

/** From one FROM to the next. */
export interface Stage {
  readonly base: string;
  readonly name: string | undefined;
  readonly steps: readonly Step[];
}

export function stagesOf(text: string): Stage[] {
  const stages: { base: string; name: string | undefined; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const step = stepOf(instruction);
    const [base = '', , name] = step.words;
    if (step.keyword === 'FROM') stages.push({ base, name, steps: [] });
    else stages.at(-1)?.steps.push(step);
  }
  return stages;
}

/** What an instruction in the form of a JSON list runs. @throws when it is not one. */
export function commandOf({ text }: Step): string[] {
  return JSON.parse(text.slice(text.indexOf('[')));
}

function stepOf(instruction: Instruction): Step {
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  return {
    keyword: instruction.getKeyword(),
    text: instruction.getArgumentsContent() ?? '',
    words: instruction.getArguments().map((argument) => argument.getValue()),
    flags: new Map(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
  };
}
