import type { Home, LoggedEvent, Settings, SettingsChange } from '@confab/protocol';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import type { SettingsApi } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cell } from '../store.ts';

/** What the person has set for all of their devices. A change shows at once, and is taken back when it is refused. */
export class PersonSettings implements SettingsApi {
  readonly state = new Cell<Settings>(initialSettings);
  /** As the server has them: without what is on its way there. */
  readonly stored = new Cell<Settings>(initialSettings);
  readonly loaded = new Cell(false);
  readonly #asker: Asker;
  #pending: SettingsChange[] = [];

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async set(change: SettingsChange): Promise<void> {
    this.#pending = [...this.#pending, change];
    this.#show();
    try {
      await this.#asker.call('account.set-settings', change);
      this.stored.set({ ...this.stored.get(), ...change });
    } finally {
      this.#pending = this.#pending.filter((other) => other !== change);
      this.#show();
    }
  }

  entered(home: Home): void {
    this.stored.set({ ...initialSettings, ...home.settings });
    this.#show();
    this.loaded.set(true);
  }

  left(): void {
    this.loaded.set(false);
    this.stored.set(initialSettings);
    this.#pending = [];
    this.#show();
  }

  apply(event: LoggedEvent): void {
    if (event.event !== 'inbox.settings-changed') return;
    this.stored.set({ ...this.stored.get(), ...event.data });
    this.#show();
  }

  #show(): void {
    this.state.set(Object.assign({}, this.stored.get(), ...this.#pending));
  }
}
