import { limits } from './limits.ts';
import { MessageIdSchema, Nothing, Shape, type Static, Type } from './schema.ts';

/** What a page that a message links to says of itself. */
export const Preview = Shape({
  /** As it stands in the message. */
  url: Type.String({ maxLength: limits.linkChars }),
  title: Type.String({ maxLength: limits.previewTitleChars }),
  description: Type.Optional(Type.String({ maxLength: limits.previewTextChars })),
  /** The name of the place that the page belongs to. */
  site: Type.Optional(Type.String({ maxLength: limits.previewSiteChars })),
});
export type Preview = Static<typeof Preview>;

export const Previews = Type.Array(Preview, { maxItems: limits.previewsPerMessage });

export const previewCommands = {
  'message.remove-previews': {
    http: 'DELETE /messages/:message/previews',
    params: Shape({ message: MessageIdSchema }),
    result: Nothing,
    summary: 'Take the previews of its links away from one’s own message, or as a moderator from anyone’s, for good.',
  },
} as const;

/** All previews that the message has from now on; none: it has none any more. By nobody where the server found them. */
export const previewEvents = {
  'message.previewed': { data: Shape({ message: MessageIdSchema, previews: Previews }) },
} as const;
