import { type DemoRoom, demoRooms } from './demo-rooms.ts';

/** One message of the demo: who says what where. `edit` and `remove` happen to it afterwards. */
export interface DemoMessage {
  room: string;
  /** An index into the people of the room, to be taken modulo their number. */
  author: number;
  text: string;
  edit?: string;
  remove?: boolean;
}

const replies: readonly string[] = [
  'Yes.',
  'I look into it this afternoon.',
  '👍',
  'Thank you!',
  'Not before Wednesday, sorry.',
  'I have it here. Shall I bring it down?',
  'That was me. I put it back.',
  'Let us talk about it at lunch.',
  'Sounds good to me, but ask _Priya_ first.',
  'Done ✅',
  'Where exactly?',
  'I would wait until the glue has dried, otherwise we do it twice.',
  'Can you send a picture?',
  'Ha 😄',
  'I do not understand, which one do you mean?',
  'The one next to the door. It has a red sticker on it, and the sticker says what it is for.',
  '+1',
  'No, the other one.',
  'We had the same in spring. It was the cable in the end.',
  'Noted, I add it to the list.',
];

/** Shapes that a screen has to bear; each turns up now and then. */
const shapes: readonly string[] = [
  'Steps for tomorrow:\n1. Clear the big table\n2. Cut the panels, *all twelve*\n3. Label them with chalk\n4. Sand to 180',
  'Still open:\n- [x] call the customer\n- [x] order hinges\n- [ ] oil\n- [ ] pack',
  '```ts\nexport function lengthOf(boards: readonly Board[]): number {\n  // Kerf: every cut costs 3 mm.\n  return boards.reduce((sum, { mm }) => sum + mm + 3, 0);\n}\n```',
  'The label printer wants `lp -d labels -o media=62x29mm sheet.pdf`, nothing else works.',
  '| Wood | Price | In stock |\n| --- | ---: | --- |\n| Oak | 1,850 | yes |\n| Ash | 1,200 | yes |\n| Walnut | 3,400 | two weeks |',
  '> Could it be ready a week earlier?\n\nThey ask again. I said that we would see, and that we would not promise anything.',
  'مرحبا بالجميع، وصلت الطاولة اليوم وهي جميلة جدا. شكرا لكم على العمل الرائع!',
  'תודה רבה, נדבר מחר בבוקר לפני שהמשאית מגיעה.',
  '椅子の写真を三枚送ります。ご確認ください。',
  '🎉🎉🎉',
  '🪵🪚🔨🪛📐✏️🧰🪑🛋️🚪🪟🧹🧽🪣🧴📦🚚🏁'.repeat(4),
  'Have a look at https://example.org/joinery/handbook/chapter-4#joints-that-hold-without-glue, the drawing on the second page is the one.',
  'Donaudampfschifffahrtsgesellschaftskapitänskajütentürklinkenreparaturauftragsbestätigungsformular'.repeat(2),
  'https://example.org/a/very/long/address/that/has/no/place/to/break?with=parameters&and=more&andmore=0123456789012345678901234567890123456789',
  '# A heading\nin a message, because someone always does that.',
  '~~Tuesday~~ **Wednesday**, ten o’clock, at the back door.',
];

const longText = [
  'I had some time on the train, so here is what I think about the spring. We took on more than we could finish, and the last two weeks were long for everyone.',
  'What went well: the new jig saved us at least an hour per chair, the deliveries were on time except one, and nobody had to work on a Sunday.',
  'What did not: we found out about the missing hinges on the day when we needed them, and we told the customer two days later than we should have. Both can be avoided with a list that somebody looks at every Monday; I offer to be that somebody until summer.',
  'Please say what you think, here or in the kitchen. No hurry.',
].join('\n\n');

/** Mulberry32: small, and the same on every machine. */
export function seededFractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** `count` messages over all rooms: exchanges of an opening and some answers, with every shape among them. */
export function demoMessages(count: number, seed = 1): DemoMessage[] {
  const fraction = seededFractions(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(fraction() * list.length)] as T;
  const urn = demoRooms.flatMap((room) => Array.from({ length: room.weight }, () => room));
  const messages: DemoMessage[] = [];
  const lately: string[] = [];
  // Nobody repeats what was just said.
  const fresh = (choose: () => string): string => {
    let text = choose();
    for (let tries = 0; tries < 20 && lately.includes(text); tries += 1) text = choose();
    lately.push(text);
    if (lately.length > 12) lately.shift();
    return text;
  };
  while (messages.length < count) {
    const room = pick(urn);
    const length = Math.min(count - messages.length, 1 + Math.floor(fraction() * 8));
    for (let index = 0; index < length; index += 1) {
      const text = textOf(
        messages.length,
        fresh(() => (index === 0 ? opening(room, pick) : pick(replies))),
      );
      const edited = fraction() < 0.04 ? { edit: `${text} (I meant tomorrow.)` } : {};
      const removed = fraction() < 0.015 ? { remove: true } : {};
      messages.push({ room: room.name, author: Math.floor(fraction() * 1_000), text, ...edited, ...removed });
    }
  }
  return messages;
}

function opening(room: DemoRoom, pick: <T>(list: readonly T[]) => T): string {
  const text = pick(room.openings).replace('{thing}', pick(room.things));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every ninth message has one of the shapes, in turn; every hundredth is long. */
function textOf(index: number, otherwise: string): string {
  if (index % 100 === 57) return longText;
  return index % 9 === 4 ? (shapes[Math.floor(index / 9) % shapes.length] as string) : otherwise;
}
