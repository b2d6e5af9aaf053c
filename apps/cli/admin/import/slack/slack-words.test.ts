import { expect, test } from 'vitest';
import type { Names } from '../export-model.ts';
import { slackWords } from './slack-words.ts';

const names: Names = {
  handleOf: (person) => (person === 'U1' ? 'ada' : undefined),
  personCalled: () => undefined,
  roomName: (room) => (room === 'C1' ? 'plans' : undefined),
  roomCalled: () => undefined,
};
const textOf = (raw: string) => slackWords(raw, names).text;

test.each([
  ['*bold* and _leaning_ and ~gone~', '**bold** and _leaning_ and ~~gone~~'],
  ['2*3*4 is not bold, (*this*) is', '2*3*4 is not bold, (**this**) is'],
  ['<@U1> <@U1|old-name> <@U9|someone> <@U9>', '@ada @ada someone U9'],
  ['<#C1> <#C1|was> <#C9|other>', '#plans #plans #other'],
  ['<!here> <!everyone> <!subteam^S1|@crew> <!date^139^{date}|in May>', '@here @room @crew in May'],
  ['<https://a.example/x> <https://a.example/x|a.example/x>', 'https://a.example/x https://a.example/x'],
  ['<https://a.example/x_(y)|the [page]>', '[the \\[page\\]](https://a.example/x_%28y%29)'],
  ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;', '1 < 2 && 3 > 2, &lt;'],
  ['`*a* <https://a.example>` *b*', '`*a* https://a.example` **b**'],
  ['see ```x &lt; y\n*z*``` there', 'see \n```\nx < y\n*z*\n```\n there'],
  ['&gt; quoted\nnot', '> quoted\nnot'],
  ['&gt;&gt;&gt; all\nof it', '> all\n> of it'],
  ['• one\n• two', '- one\n- two'],
  [':tada: :no_such_thing: `:tada:` 12:30:45', '🎉 :no_such_thing: `:tada:` 12:30:45'],
])('%j is written %j', (raw, text) => {
  expect(textOf(raw)).toBe(text);
});

test('whom a text names is told apart from whom its code names', () => {
  expect(slackWords('<@U1> <!channel>', names)).toMatchObject({ mentions: ['U1'], mentionsAll: 'room' });
  expect(slackWords('`<@U1> <!channel>`', names)).toMatchObject({ mentions: [], mentionsAll: null });
});
