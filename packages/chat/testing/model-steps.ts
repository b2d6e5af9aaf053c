import fc from 'fast-check';

/** Messages are named by their place among all that were posted; people by number. */
export type ModelStep =
  | {
      readonly do: 'post';
      readonly who: number;
      readonly clientId: string;
      readonly text: string;
      readonly times: number;
      /** What it replies to and what it quotes. */
      readonly thread: number | null;
      readonly alsoInRoom: boolean;
      readonly quote: number | null;
    }
  | { readonly do: 'edit'; readonly who: number; readonly which: number; readonly text: string }
  | { readonly do: 'delete'; readonly who: number; readonly which: number }
  | { readonly do: 'react'; readonly who: number; readonly which: number; readonly emoji: string; readonly on: boolean }
  | { readonly do: 'follow' | 'unfollow'; readonly who: number; readonly which: number }
  | { readonly do: 'read-thread'; readonly who: number; readonly which: number; readonly index: number }
  | { readonly do: 'join' | 'leave'; readonly who: number }
  | { readonly do: 'read'; readonly who: number; readonly seq: number }
  | { readonly do: 'rename'; readonly who: number; readonly name: string }
  | { readonly do: 'archive' | 'unarchive'; readonly who: number };

export type StepOf<Kind extends ModelStep['do']> = Extract<ModelStep, { do: Kind }>;

const who = fc.nat(2);
const which = fc.nat(20);
const text = fc.constantFrom('one', 'two', 'three');
const sometimes = (often: number) =>
  fc.oneof({ weight: often, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: which });

const post = fc.record({
  do: fc.constant('post' as const),
  who,
  clientId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  text,
  /** The same send several times at once, as a client does that is not sure. */
  times: fc.integer({ min: 1, max: 3 }),
  thread: sometimes(1),
  alsoInRoom: fc.nat(3).map((pick) => pick === 0),
  quote: sometimes(3),
});
const react = fc.record({
  do: fc.constant('react' as const),
  who,
  which,
  emoji: fc.constantFrom('👍', '🎉', '👋🏽'),
  on: fc.nat(3).map((pick) => pick > 0),
});
const follow = fc.record({ do: fc.constantFrom('follow' as const, 'unfollow' as const), who, which });
const readThread = fc.record({ do: fc.constant('read-thread' as const), who, which, index: fc.nat(5) });

export const modelStep: fc.Arbitrary<ModelStep> = fc.oneof(
  { weight: 7, arbitrary: post },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), who, which, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, which }) },
  { weight: 3, arbitrary: react },
  { weight: 1, arbitrary: follow },
  { weight: 1, arbitrary: readThread },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const), who, seq: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), who, name: fc.constantFrom('x', 'y') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('archive' as const, 'unarchive' as const), who: fc.nat(1) }),
  },
);
