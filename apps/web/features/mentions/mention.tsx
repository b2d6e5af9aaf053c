import { useConfab, useStore } from '@confab/client/react';
import type { SpaceId, UserId } from '@confab/protocol';
import { calledBy } from '@confab/protocol/mention-names.ts';
import { type ReactNode, use } from 'react';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PersonButton } from '../directs/person-button.tsx';
import styles from './mention.module.css';
import { NamedInMessage } from './named-in-message.ts';

/** An `@name` in a message: whom the message mentions stands out, oneself more; any other name is text. */
export function Mention({ name, children }: { name: string; children: string }): ReactNode {
  const message = use(NamedInMessage);
  const { me } = useSignedIn();
  if (message === null) return children;
  if (calledBy(name) !== null) {
    if (message.mentionsAll === undefined) return children;
    return <span className={message.author === me.id ? styles.mention : styles.own}>{children}</span>;
  }
  return (
    <NamedPerson name={name} among={message.mentions ?? []}>
      {message.mentionedGroups === undefined ? children : <NamedGroup name={name}>{children}</NamedGroup>}
    </NamedPerson>
  );
}

interface NamedPersonProps {
  name: string;
  /** Whom the message mentions; looked at one after the other, as who they are may have to be asked for. */
  among: readonly UserId[];
  /** What it is otherwise. */
  children: ReactNode;
}

function NamedPerson({ name, among, children }: NamedPersonProps): ReactNode {
  const [first, ...rest] = among;
  if (first === undefined) return children;
  return (
    <Candidate user={first} name={name} among={rest}>
      {children}
    </Candidate>
  );
}

function Candidate({ user, name, among, children }: NamedPersonProps & { user: UserId }): ReactNode {
  const person = useStore(useConfab().people.person(user));
  const { me } = useSignedIn();
  if (person?.handle !== name) {
    return (
      <NamedPerson name={name} among={among}>
        {children}
      </NamedPerson>
    );
  }
  return (
    <PersonButton user={user} className={user === me.id ? styles.own : styles.mention}>
      @<bdi>{person.name}</bdi>
    </PersonButton>
  );
}

function NamedGroup({ name, children }: { name: string; children: string }): ReactNode {
  const message = use(NamedInMessage);
  const confab = useConfab();
  const room = message?.room;
  const rooms = useStore(confab.rooms.list);
  const space = rooms.find(({ info }) => info.id === room)?.info.space;
  if (!space) return children;
  return (
    <GroupOf space={space} name={name}>
      {children}
    </GroupOf>
  );
}

function GroupOf({ space, name, children }: { space: SpaceId; name: string; children: string }): ReactNode {
  const group = useStore(useConfab().groups.of(space)).find(({ handle }) => handle === name);
  const { me } = useSignedIn();
  if (group === undefined) return children;
  return (
    <span className={group.people.includes(me.id) ? styles.own : styles.mention} title={group.name}>
      {children}
    </span>
  );
}
