import { useConfab, useStore } from '@confab/client/react';
import { customEmojiInText } from '@confab/protocol/custom-emoji-name.ts';
import { mentionsInText } from '@confab/protocol/mention-names.ts';
import { Fragment, type ReactNode, use } from 'react';
import { Link } from '../../../app/navigation.tsx';
import { roomRoute } from '../../../app/route.ts';
import { NamedEmoji } from '../../emoji/emoji-of.tsx';
import { Mention } from '../../mentions/mention.tsx';
import { ConversationProvider } from '../conversation-context.tsx';
import styles from './markdown.module.css';

/** `#` and a room's name, at the beginning of a word. */
const roomName = /(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}\p{M}_-]+)/gu;

/** A piece of text in which people who are mentioned stand out, and names of rooms lead there. */
export function TextPieces({ text }: { text: string }): ReactNode {
  if (!text.includes('@')) return <RoomPieces text={text} />;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { name, from, to } of mentionsInText(text)) {
    pieces.push(<RoomPieces text={text.slice(at, from)} />, <Mention name={name}>{text.slice(from, to)}</Mention>);
    at = to;
  }
  pieces.push(<RoomPieces text={text.slice(at)} />);
  // biome-ignore lint/suspicious/noArrayIndexKey: texts never change
  return pieces.map((piece, index) => <Fragment key={index}>{piece}</Fragment>);
}

function RoomPieces({ text }: { text: string }): ReactNode {
  if (!text.includes('#')) return <EmojiPieces text={text} />;
  const pieces: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(roomName)) {
    const [whole, name = ''] = match;
    pieces.push(<EmojiPieces text={text.slice(from, match.index)} />, <RoomLink name={name} />);
    from = match.index + whole.length;
  }
  pieces.push(<EmojiPieces text={text.slice(from)} />);
  // biome-ignore lint/suspicious/noArrayIndexKey: texts never change
  return pieces.map((piece, index) => <Fragment key={index}>{piece}</Fragment>);
}

/** `:name:` of emoji that the space has. */
function EmojiPieces({ text }: { text: string }): ReactNode {
  if (!text.includes(':')) return text;
  const pieces: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(customEmojiInText)) {
    const [whole, name = ''] = match;
    pieces.push(text.slice(from, match.index), <NamedEmoji name={name} />);
    from = match.index + whole.length;
  }
  if (from === 0) return text;
  // biome-ignore lint/suspicious/noArrayIndexKey: texts never change
  return [...pieces, text.slice(from)].map((piece, index) => <Fragment key={index}>{piece}</Fragment>);
}

/** Leads to the room of that name in the same space, if one is in it; otherwise it is text. */
function RoomLink({ name }: { name: string }): ReactNode {
  const confab = useConfab();
  const rooms = useStore(confab.rooms.list);
  const conversation = use(ConversationProvider);
  const space = rooms.find(({ info }) => info.id === conversation?.room)?.info.space;
  const wanted = name.toLowerCase();
  const found = rooms.find(({ info }) => info.space === space && info.name.toLowerCase() === wanted);
  if (space === undefined || space === null || found === undefined) return `#${name}`;
  return (
    <Link className={styles.room} to={roomRoute(found.info.id)}>
      #{found.info.name}
    </Link>
  );
}
