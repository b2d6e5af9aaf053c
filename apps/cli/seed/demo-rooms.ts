/** A room and what is talked about in it: `openings` begin an exchange, `things` fill their `{thing}`. */
export interface DemoRoom {
  name: string;
  topic: string;
  visibility: 'public' | 'private';
  /** Share of all messages. */
  weight: number;
  openings: readonly string[];
  things: readonly string[];
  archived?: boolean;
}

export const demoRooms: readonly DemoRoom[] = [
  {
    name: 'announcements',
    topic: 'What everyone should know. Questions go to #general.',
    visibility: 'public',
    weight: 1,
    openings: ['**{thing}** is decided. Details below, questions in #general.', 'From Monday on: {thing}.'],
    things: ['The move to the new rooms', 'One free Friday a month', 'A shared calendar for the van'],
  },
  {
    name: 'orders',
    topic: 'Customers, deliveries, and what is missing',
    visibility: 'public',
    weight: 5,
    openings: [
      'The customer asks where {thing} is. Does anyone know?',
      'Order for {thing} came in, twelve pieces, by the end of the month.',
      '{thing} went out this morning 🚚',
      'We have to send {thing} again, one corner was damaged.',
    ],
    things: ['the oak table', 'the second bookshelf', 'the bench for the school', 'order 1042', 'the window seat'],
  },
  {
    name: 'workshop',
    topic: 'Machines, tools, dust',
    visibility: 'public',
    weight: 5,
    openings: [
      'Who had {thing} last? It is not at its place.',
      '{thing} makes a strange noise when it starts.',
      'I sharpened {thing}. Please look at it before you use it.',
      'We need new {thing} by Thursday.',
    ],
    things: ['the band saw', 'the small plane', 'the dust bags', 'the long clamps', 'the spray booth'],
  },
  {
    name: 'website',
    topic: 'The shop, its texts and its pictures',
    visibility: 'public',
    weight: 4,
    openings: [
      'I changed {thing}, could somebody look at it on a phone?',
      'There is a mistake in {thing}.',
      'What do you think about moving {thing} up?',
      'A draft of {thing} is at https://example.org/drafts/new-page, comments welcome.',
    ],
    things: ['the front page', 'the price list', 'the page about us', 'the contact form', 'the photo of the chairs'],
  },
  {
    name: 'design',
    topic: 'Drawings, colours, wood',
    visibility: 'public',
    weight: 4,
    openings: [
      'Two variants of {thing}: one with straight legs, one tapered. I prefer the second.',
      'Can we make {thing} two centimetres lower?',
      'I would like to try {thing} in ash.',
    ],
    things: ['the side table', 'the coat rack', 'the lamp', 'the children’s chair', 'the handle'],
  },
  {
    name: 'lunch',
    topic: '12:30, kitchen',
    visibility: 'public',
    weight: 3,
    openings: [
      'Who is in for {thing} today?',
      'I bring {thing}.',
      'There is still {thing} from yesterday in the fridge.',
    ],
    things: ['soup', 'dumplings', 'the place at the corner', 'lentils', 'rhubarb cake'],
  },
  {
    name: 'accounts',
    topic: 'Invoices and what is due',
    visibility: 'private',
    weight: 2,
    openings: ['The invoice for {thing} is not paid yet.', 'Please send me the receipt for {thing}.'],
    things: ['the timber', 'the van repair', 'electricity', 'the fair in May'],
  },
  {
    name: 'apprentices',
    topic: 'Questions are welcome here',
    visibility: 'private',
    weight: 2,
    openings: [
      'How do I measure {thing} properly?',
      'When do we learn {thing}?',
      'I tried {thing} and it nearly worked 😅',
    ],
    things: ['a dovetail', 'an angle', 'veneering', 'a mortise'],
  },
  {
    name: 'off-topic',
    topic: '',
    visibility: 'public',
    weight: 3,
    openings: [
      'Has anyone seen {thing}?',
      'Somebody left {thing} in the kitchen.',
      'Giving away {thing}, pick it up at my place.',
    ],
    things: ['my blue scarf', 'a bicycle pump', 'a box of records', 'the moon tonight 🌕'],
  },
  {
    name: 'move-2019',
    topic: 'Done. Kept for reading.',
    visibility: 'public',
    weight: 1,
    openings: ['{thing} is packed.', 'Who carries {thing}?'],
    things: ['the archive', 'the big bench', 'everything from the attic'],
    archived: true,
  },
];
