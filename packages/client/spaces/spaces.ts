import type { InviteView, Params, Result, Role, SpaceId, SpaceView, UserId } from '@confab/protocol';
import type { SpacesApi, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { People } from '../people.ts';
import { setSpacePicture } from '../pictures/set-picture.ts';
import type { SpaceList } from './space-list.ts';

interface SpacesParts {
  readonly asker: Asker;
  readonly spaces: SpaceList;
  readonly people: People;
  /** One is in this space now: follow it. */
  joined(space: SpaceView): void;
}

/** What one does with spaces, their members and invitations. */
export class Spaces implements SpacesApi {
  readonly list: Store<readonly SpaceView[]>;
  readonly #parts: SpacesParts;

  constructor(parts: SpacesParts) {
    this.#parts = parts;
    this.list = parts.spaces.list;
  }

  async create(name: string): Promise<SpaceView> {
    return this.#joined(await this.#parts.asker.call('space.create', { name }));
  }

  async rename(space: SpaceId, name: string): Promise<void> {
    await this.#parts.asker.call('space.rename', { space, name });
  }

  async setPicture(space: SpaceId, picture: Blob | null): Promise<void> {
    await setSpacePicture(this.#parts.asker, space, picture);
  }

  async setWelcome(space: SpaceId, welcome: string): Promise<void> {
    await this.#parts.asker.call('space.set-welcome', { space, welcome });
  }

  async dismissWelcome(space: SpaceId): Promise<void> {
    await this.#parts.asker.call('space.dismiss-welcome', { space });
    this.#parts.spaces.greeted(space);
  }

  async members(space: SpaceId, after?: UserId, text?: string): Promise<Result<'space.members'>> {
    const named = text === undefined ? {} : { text };
    const from = after === undefined ? {} : { after };
    const page = await this.#parts.asker.call('space.members', { space, ...from, ...named });
    this.#parts.people.learn(page.members.map(({ person }) => person));
    return page;
  }

  async setRole(space: SpaceId, user: UserId, role: Role): Promise<void> {
    await this.#parts.asker.call('space.set-role', { space, user, role });
  }

  async removeMember(space: SpaceId, user: UserId): Promise<void> {
    await this.#parts.asker.call('space.remove-member', { space, user });
  }

  createInvite(space: SpaceId, options: Omit<Params<'invite.create'>, 'space'> = {}): Promise<Result<'invite.create'>> {
    return this.#parts.asker.call('invite.create', { ...options, space });
  }

  async listInvites(space: SpaceId): Promise<InviteView[]> {
    return (await this.#parts.asker.call('invite.list', { space })).invites;
  }

  async revokeInvite(invite: InviteView['id']): Promise<void> {
    await this.#parts.asker.call('invite.revoke', { invite });
  }

  lookUpInvite(token: string): Promise<Result<'invite.look-up'>> {
    return this.#parts.asker.call('invite.look-up', { token });
  }

  async acceptInvite(token: string): Promise<SpaceView> {
    return this.#joined(await this.#parts.asker.call('invite.accept', { token }));
  }

  #joined({ space }: { space: SpaceView }): SpaceView {
    this.#parts.joined(space);
    return space;
  }
}
