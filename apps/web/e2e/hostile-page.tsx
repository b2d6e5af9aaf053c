import { createConfab } from '@confab/client';
import { ConfabProvider } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { createRoot } from 'react-dom/client';
import { NavigationProvider } from '../app/navigation.tsx';
import { type SignedIn, SignedInProvider } from '../features/accounts/signed-in.tsx';
import { Markdown } from '../features/messages/markdown/markdown.tsx';
import { hostileTexts } from './hostile-texts.ts';

/** A page that draws every hostile text as a room draws a message's, each in a section of its own. */
const confab = createConfab({ url: '', clientName: 'Hostile texts' });
const me = { id: 'ada' as UserId, handle: 'ada', name: 'Ada', disabled: false };
const root = document.createElement('main');
document.body.append(root);
createRoot(root).render(
  <ConfabProvider confab={confab}>
    <NavigationProvider>
      <SignedInProvider account={{ me } as SignedIn}>
        {hostileTexts.map((text, index) => (
          <section key={text} data-index={index}>
            <Markdown text={text} />
          </section>
        ))}
      </SignedInProvider>
    </NavigationProvider>
  </ConfabProvider>,
);
